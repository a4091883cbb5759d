import { expect, test } from 'vitest';
import type { HandoverSheet } from '#lib/contract/alarm-desk.ts';
import type { AlarmMessage } from '#lib/contract/events.ts';
import type { Person } from '#lib/domain/access/principal.ts';
import { signHandover } from '#lib/server/commands/sign-handover.ts';
import { handovers } from '#lib/server/repositories/handover.ts';
import { onBoth } from './both.ts';

const AREA = '330109';
const SCOPE = { kind: 'system' } as const;
const at = (minute: number) => new Date(Date.UTC(2026, 6, 13, 8, minute));
const officer = (name: string): Person => ({
	...{ kind: 'person', id: `00000000-0000-4000-8000-00000000000${name.length}`, name, isDemo: false },
	grants: [{ role: 'dutyOfficer', area: AREA, layers: ['public', 'supervision'] }],
});
const [LEAVES, COMES] = [officer('沈岚'), officer('金立群')];

function sheet(from: Date, to: Date, reds: string[]): HandoverSheet {
	return {
		...{ from: from.toISOString(), to: to.toISOString(), shelved: [], promises: [], silent: [], outOfService: [] },
		reds: reds.map((id) => ({ id }) as AlarmMessage),
		counts: { raised: 0, closed: 0, acknowledged: 0, incidents: 0 },
	};
}

onBoth('a shift is handed over', (database) => {
	/** Signs a sheet from one minute to another, having seen another sheet. */
	const sign = (who: Person, [from, to]: [number, number], reds: string[], seen: { from: number; reds: string[] }) =>
		signHandover(
			database().alarm,
			{ principal: who, address: null, now: at(to) },
			{
				...{ sheet: sheet(at(from), at(to), reds), note: '', area: AREA },
				seen: { from: at(seen.from).toISOString(), reds: seen.reds },
			},
		);
	const take = (who: Person, id: string) =>
		signHandover(database().alarm, { principal: who, address: null, now: at(50) }, { countersign: id });
	const signed = async () => (await handovers(database().read, SCOPE, 10, AREA)).length;

	test('not while danger stands on it that the officer has not seen', async () => {
		await expect(sign(LEAVES, [0, 10], ['a', 'b'], { from: 0, reds: ['a'] })).rejects.toThrow(/又有 1 条危险报警/);
		expect(await signed()).toBe(0);
		await sign(LEAVES, [0, 10], ['a', 'b'], { from: 0, reds: ['b', 'a', 'gone since'] });
		expect(await signed()).toBe(1);
	});

	test('once: from a page that still shows the sheet before, nobody signs it again', async () => {
		await expect(sign(LEAVES, [10, 11], [], { from: 0, reds: [] })).rejects.toThrow(/沈岚 已签过这一班/);
		expect(await signed()).toBe(1);
	});

	test('by one of two who sign at the same moment', async () => {
		const both = [LEAVES, COMES].map((who) => sign(who, [10, 20], [], { from: 10, reds: [] }));
		const ends = (await Promise.allSettled(both)).map(({ status }) => status);
		expect(ends.sort()).toEqual(['fulfilled', 'rejected']);
		expect(await signed()).toBe(2);
	});

	test('to somebody else, who takes it once', async () => {
		const { id } = await sign(LEAVES, [20, 30], [], { from: 20, reds: [] });
		await expect(take(LEAVES, id)).rejects.toThrow(/不能自己接班/);
		await take(COMES, id);
		await expect(take(COMES, id)).rejects.toThrow(/已签收/);
	});
});
