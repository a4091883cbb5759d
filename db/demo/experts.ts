// The bureau's pool of experts: seven basic disciplines and newer ones beside them.

import type { Random } from '#lib/domain/random.ts';
import { dayAfter, daysBetween, type Calendar } from './calendar.ts';
import { personName, unique } from './names.ts';
import { PUBLISHED } from './published.ts';
import type { ExpertRow, FirmRow } from './rows.ts';
import type { Sources } from './sources.ts';

export const BASIC_DISCIPLINES = ['土建', '安全', '装饰装修', '钢结构', '市政', '检测', '机电'] as const;
export const NEW_DISCIPLINES = [
	'岩土工程',
	'起重机械',
	'结构工程',
	'BIM技术',
	'绿色建筑',
	'智慧工地',
	'装配式建筑',
] as const;
/** Of the experts: who works for a firm of the district, and has to keep away from its sites. */
const EMPLOYED_SHARE = 0.4;

export function inventExperts(
	random: Random,
	{ published }: Calendar,
	firms: readonly FirmRow[],
	sources: Sources,
): ExpertRow[] {
	const source_id = sources.add('experts', '专家智库（2025 年上半年公布数）');
	const names = new Set<string>();
	const seniors = new Set(
		random.shuffled(Array.from({ length: PUBLISHED.experts }, (_, at) => at)).slice(0, PUBLISHED.expertsSenior),
	);
	return Array.from({ length: PUBLISHED.experts }, (_, index) => {
		const first = BASIC_DISCIPLINES[index % BASIC_DISCIPLINES.length]!;
		const isNew = index < PUBLISHED.expertsJoined;
		const others = [...BASIC_DISCIPLINES, ...NEW_DISCIPLINES].filter((discipline) => discipline !== first);
		return {
			id: random.uuid(),
			name: unique(names, () => personName(random)),
			disciplines: random.chance(0.35) ? [first, random.pick(isNew ? NEW_DISCIPLINES : others)] : [first],
			is_senior: seniors.has(index),
			joined_on: isNew
				? dayAfter(published.from, random.whole(0, daysBetween(published.from, published.to)))
				: dayAfter(published.from, -random.whole(30, 1800)),
			firm_id: random.chance(EMPLOYED_SHARE) ? random.pick(firms).id : null,
			source_id,
		};
	});
}
