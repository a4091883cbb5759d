import { expect, test } from 'vitest';
import type { HandoverSheet } from '#lib/contract/alarm-desk.ts';
import type { AlarmMessage } from '#lib/contract/events.ts';
import type { Person } from '#lib/domain/access/principal.ts';
import { replyToHandover, signHandover } from '#lib/server/commands/sign-handover.ts';
import { handovers, lastHandover } from '#lib/server/repositories/handover.ts';
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
	const answer = (who: Person, id: string, reply: 'take' | 'refuse', note = '') =>
		replyToHandover(database().alarm, { principal: who, address: null, now: at(50) }, id, { reply, note });
	const take = (who: Person, id: string, note = '') => answer(who, id, 'take', note);
	const signed = async () => (await handovers(database().read, SCOPE, 10)).length;
	const newest = async () => (await handovers(database().read, SCOPE, 1))[0]!;
	/** What the audit trail tells of a sheet's answers. */
	const trail = async (id: string) => {
		const rows = await database()
			.alarm.selectFrom('audit')
			.select(['action', 'actor', 'detail'])
			.where('object', '=', `handover ${id}`)
			.orderBy('seq')
			.execute();
		return rows.map(({ action, actor, detail }) => [action, actor, detail]);
	};

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
		await expect(answer(COMES, id, 'refuse', '太晚了')).rejects.toThrow(/已签收/);
	});

	test('to somebody who remarks on it when taking it', async () => {
		const { id } = await sign(LEAVES, [30, 35], [], { from: 30, reds: [] });
		await take(COMES, id, '3 号塔机已联系维保');
		expect((await newest()).to).toEqual({
			...{ name: '金立群', at: at(50).toISOString(), note: '3 号塔机已联系维保', isRefused: false },
		});
		expect((await trail(id)).at(-1)![2]).toEqual({ note: '3 号塔机已联系维保' });
	});

	test('not to somebody who refuses it: why is kept and told, and the shift is signed over anew from its beginning', async () => {
		const { id } = await sign(LEAVES, [35, 40], [], { from: 35, reds: [] });
		await expect(answer(LEAVES, id, 'refuse', '自己')).rejects.toThrow(/不能自己接班/);
		const events = await answer(COMES, id, 'refuse', '两条红色未核实');
		expect(events.map(({ type, data }) => [type, data])).toEqual([
			['handover:refused', { id, from: '沈岚', by: '金立群', reason: '两条红色未核实' }],
		]);
		expect((await newest()).to).toMatchObject({ name: '金立群', note: '两条红色未核实', isRefused: true });
		expect((await trail(id)).at(-1)).toEqual(['handover:refuse', expect.anything(), { note: '两条红色未核实' }]);
		await expect(take(COMES, id)).rejects.toThrow(/已退回此单/);

		expect((await lastHandover(database().read, SCOPE, AREA))!.sheet.to).toBe(at(35).toISOString());
		await expect(sign(LEAVES, [40, 45], [], { from: 40, reds: [] })).rejects.toThrow(/已签过这一班/);
		await sign(LEAVES, [35, 45], [], { from: 35, reds: [] });
		expect((await lastHandover(database().read, SCOPE, AREA))!.sheet.to).toBe(at(45).toISOString());
	});

	test('no more refused once the next shift was signed over from where it ended', async () => {
		const first = await sign(LEAVES, [45, 50], [], { from: 45, reds: [] });
		await sign(COMES, [50, 55], [], { from: 50, reds: [] });
		await expect(answer(COMES, first.id, 'refuse', '太迟')).rejects.toThrow(/不能再退回/);
		await take(COMES, first.id);
	});
});
