// Signs hung at sites: red while a stop-work order holds, yellow as a warning, green for the exemplary.

import type { Random } from '#lib/domain/random.ts';
import { dayAfter, type Calendar } from './calendar.ts';
import type { SignRow, StopWorkOrderRow } from './rows.ts';
import type { DemoSite } from './sites.ts';
import type { Sources } from './sources.ts';

const YELLOW = 14;
const YELLOW_REMOVED = 21;
const GREEN = 26;

export function hangSigns(
	random: Random,
	{ today }: Calendar,
	sites: readonly DemoSite[],
	orders: readonly StopWorkOrderRow[],
	sources: Sources,
): SignRow[] {
	const source_id = sources.add('signs', '警示牌');
	const hang = (
		site_id: string,
		colour: SignRow['colour'],
		hung_on: string,
		reason: string,
		removed_on: string | null = null,
	): SignRow => ({
		id: random.uuid(),
		site_id,
		colour,
		hung_on,
		removed_on,
		reason,
		source_id,
	});
	const open = orders.filter((order) => !order.lifted_on);
	const red = open.map((order) => hang(order.site_id, 'red', order.ordered_on, order.reason));
	const stopped = new Set(open.map((order) => order.site_id));
	const others = random.shuffled(
		sites.filter(({ row, startedOn }) => !stopped.has(row.id) && startedOn < dayAfter(today, -100)),
	);
	const yellow = others
		.slice(0, YELLOW)
		.map(({ row }) => hang(row.id, 'yellow', dayAfter(today, -random.whole(1, 35)), '隐患反复出现'));
	const removed = others.slice(YELLOW, YELLOW + YELLOW_REMOVED).map(({ row }) => {
		const hungOn = dayAfter(today, -random.whole(45, 95));
		return hang(row.id, 'yellow', hungOn, '临边防护不到位', dayAfter(hungOn, random.whole(6, 40)));
	});
	const green = others
		.slice(YELLOW + YELLOW_REMOVED, YELLOW + YELLOW_REMOVED + GREEN)
		.map(({ row }) => hang(row.id, 'green', dayAfter(today, -random.whole(20, 90)), '标准化优良工地'));
	return [...red, ...yellow, ...removed, ...green];
}
