// The bureau puts its own number in the place of a shipped one: drafted, looked at, switched on, taken back; ledger, due
// days and planner judge by it. On both databases.

import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '#lib/domain/access/principal.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { activateRuleChange, draftRuleChange, endRuleChange } from '#lib/server/commands/change-rule.ts';
import { RuleBook } from '#lib/server/alarms/rule-book.ts';
import { coverageNumberList } from '#lib/server/coverage/number-list.ts';
import { readLedger } from '#lib/server/coverage/read-ledger.ts';
import type { Db } from '#lib/server/db/connection.ts';
import type { LiveState } from '#lib/server/live/live-state.ts';
import { aRegister } from '../builders.ts';
import { callerAs } from '../callers.ts';
import { onBoth } from './both.ts';

const NOW = new Date('2026-11-20T02:00:00Z');
const STATE = { objects: [] } as unknown as LiveState;
const LIVE = { state: STATE, rules: () => new RuleBook() };
const who = (role: Role) => callerAs(role, NOW);
const wish = (number: string, value: number) => ({
	...{ ruleKey: `coverage.${number}`, scope: { kind: 'bureau' as const, id: null }, values: { value } },
	...{ from: null, until: null, reason: '节前加密检查' },
});

onBoth('coverage rules of the bureau', (database) => {
	const draft = (role: Role, number: string, value: number) =>
		draftRuleChange(database().ingest, who(role), LIVE, wish(number, value));
	const end = (id: string) =>
		endRuleChange(database().ingest, who('leader'), STATE, id, { reason: '试用结束', restore: false });
	const due = async (db: Db) => (await readLedger(db, SYSTEM, NOW)).sites[0]!.due;
	const cardOf = async (number: string) =>
		(await coverageNumberList(database().ingest, SYSTEM, NOW)).numbers.find((card) => card.number === number)!;

	beforeAll(async () => {
		const db = database().ingest;
		await aRegister(db)
			.withTown('330109001', '城厢街道', [120.25, 30.15])
			.withSite({ name: '湘湖里', town: '330109001', at: [120.25, 30.15] })
			.build();
		const { id: site_id, source_id } = await db
			.selectFrom('site')
			.select(['id', 'source_id'])
			.executeTakeFirstOrThrow();
		await db.updateTable('site').set({ risk_grade: 'medium' }).execute();
		await db
			.insertInto('visit')
			.values({
				...{ id: randomUUID(), site_id, source_id, visited_at: '2026-10-30T02:00:00Z' },
				...{ supervisors: ['甲', '乙'], occasion: 'routine', result: 'passed' },
			})
			.execute();
	});

	test('a draft tells what it would do and changes nothing; switched on, the due day is another and names its reason', async () => {
		const db = database().ingest;
		expect((await due(db)).dueOn).toBe('2026-12-29');
		const id = await draft('analyst', 'interval.medium', 15 + 15);
		expect((await due(db)).dueOn).toBe('2026-12-29');
		expect((await cardOf('interval.medium')).changes[0]!.effect).toMatchObject({ moved: 1 });

		const events = await activateRuleChange(db, who('leader'), STATE, id);
		expect(events.map(({ type }) => type)).toEqual(['rule:changed']);
		const { dueOn, terms } = await due(db);
		expect(dueOn).toBe('2026-11-29');
		for (const key of ['grade', 'interval'])
			expect(terms.find((term) => term.key === key)).toMatchObject({ source: '节前加密检查', confidence: 'local' });
		const card = await cardOf('interval.medium');
		expect(card).toMatchObject({ now: { value: 30, confidence: 'local' }, shipped: { value: 60 } });
	});

	test('one number is changed without touching another; a newer one gives way to the older when it is taken back', async () => {
		const db = database().ingest;
		await activateRuleChange(db, who('leader'), STATE, await draft('dutyOfficer', 'quietDays', 40));
		const { quiet, dueOn } = await due(db);
		expect(dueOn).toBe('2026-11-29');
		expect(quiet).toMatchObject({ key: 'quietDays', value: '2026-12-09', source: '节前加密检查' });

		const newer = await draft('analyst', 'interval.medium', 45);
		await activateRuleChange(db, who('leader'), STATE, newer);
		expect((await due(db)).dueOn).toBe('2026-12-14');
		await endRuleChange(db, who('leader'), STATE, newer, { reason: '执行有困难', restore: true });
		expect((await due(db)).dueOn).toBe('2026-11-29');
		const [current] = (await cardOf('interval.medium')).changes.filter(({ state }) => state === 'active');
		await endRuleChange(db, who('leader'), STATE, current!.id, { reason: '节日已过', restore: false });
		expect((await due(db)).dueOn).toBe('2026-12-29');
		expect((await cardOf('interval.medium')).changes.map(({ endReason }) => endReason)).toEqual(
			expect.arrayContaining(['执行有困难', '节日已过']),
		);
		const trail = await db
			.selectFrom('audit')
			.select('action')
			.where('object', '=', 'rule coverage.interval.medium')
			.execute();
		expect(trail.map(({ action }) => action)).toEqual(
			expect.arrayContaining(['rule:draft', 'rule:activate', 'rule:end']),
		);
	});

	describe('who may', () => {
		test.each<[Role, 'draft' | 'activate', boolean]>([
			['analyst', 'draft', true],
			['dutyOfficer', 'draft', true],
			['systemAdmin', 'draft', false],
			['supervisor', 'draft', false],
			['leader', 'activate', true],
			['systemAdmin', 'activate', false],
			['analyst', 'activate', false],
		])('%s, %s: %s', async (role, what, may) => {
			const id = await draft('analyst', 'frequencyDays', 30);
			const deed =
				what === 'draft'
					? draft(role, 'paceDays', 30)
					: activateRuleChange(database().ingest, who(role), STATE, id).then(() => end(id));
			if (may) await expect(deed).resolves.toBeDefined();
			else await expect(deed).rejects.toThrow(/不允许/);
		});
	});

	test.each<[string, string, number, RegExp]>([
		['laxer than the law', 'legalDays', 300, /183/],
		['an unknown number', 'nothing', 3, /没有规则/],
		['out of order', 'interval.high', 70, /不得大于/],
	])('%s is refused', async (_, number, value, said) => {
		await expect(draft('analyst', number, value)).rejects.toThrow(said);
	});

	test('one site has no rule of its own', async () => {
		const own = { ...wish('quietDays', 3), scope: { kind: 'site' as const, id: randomUUID() } };
		await expect(draftRuleChange(database().ingest, who('analyst'), LIVE, own)).rejects.toThrow(/全区/);
	});
});
