// The bureau puts the days of its own circular in the place of those that were made: rounds with look-back, flood season,
// key periods. Ledger, look-backs and flood page judge by what holds. On both databases.

import { beforeAll, describe, expect, test } from 'vitest';
import type { Role } from '#lib/domain/access/principal.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { dateKeyOf, valuesOf, type DateSubject, type Days } from '#lib/domain/coverage/dates.ts';
import {
	activateRuleChange,
	discardRuleChange,
	draftRuleChange,
	endRuleChange,
} from '#lib/server/commands/change-rule.ts';
import { makeRounds } from '#lib/server/commands/make-rounds.ts';
import { RuleBook } from '#lib/server/alarms/rule-book.ts';
import { coverageNow, lookedBackAt } from '#lib/server/coverage/coverage-now.ts';
import { coverageNumberList } from '#lib/server/coverage/number-list.ts';
import { readLedger } from '#lib/server/coverage/read-ledger.ts';
import { readFloodNow } from '#lib/server/flood/read-now.ts';
import type { LiveState } from '#lib/server/live/live-state.ts';
import { aRegister } from '../builders.ts';
import { callerAs } from '../callers.ts';
import { onBoth } from './both.ts';

const NOW = new Date('2026-11-20T02:00:00Z');
const STATE = { objects: [] } as unknown as LiveState;
const LIVE = { state: STATE, rules: () => new RuleBook() };
const REASON = '〔2026〕5 号文';
const who = (role: Role) => callerAs(role, NOW);
const YEAR: DateSubject = { kind: 'rounds', year: 2026 };
const CIRCULAR: Days = {
	...{ 'first.from': '2026-03-01', 'first.to': '2026-06-20', 'second.from': '2026-08-01', 'second.to': '2026-11-30' },
	...{ 'lookBack.from': '2026-09-01', 'lookBack.to': '2026-11-30' },
};

onBoth('coverage days of the bureau', (database) => {
	const draft = (role: Role, subject: DateSubject, days: Days, isOn = true) =>
		draftRuleChange(database().ingest, who(role), LIVE, {
			...{ ruleKey: dateKeyOf(subject), scope: { kind: 'bureau', id: null }, from: null, until: null, reason: REASON },
			values: valuesOf(subject, { days, isOn }),
		});
	const activate = (role: Role, id: string) => activateRuleChange(database().ingest, who(role), STATE, id);
	const end = (id: string) =>
		endRuleChange(database().ingest, who('leader'), STATE, id, { reason: '文件作废', restore: false });
	const ledger = () => readLedger(database().ingest, SYSTEM, NOW);
	const cardOf = async (subject: DateSubject) =>
		(await coverageNumberList(database().ingest, SYSTEM, NOW)).dates.find((one) => one.ruleKey === dateKeyOf(subject))!;

	beforeAll(async () => {
		const db = database().ingest;
		await aRegister(db)
			.withTown('330109001', '城厢街道', [120.25, 30.15])
			.withSite({ name: '湘湖里', town: '330109001', at: [120.25, 30.15] })
			.build();
		await makeRounds(db, who('dutyOfficer'), {
			...{ make: 'year', year: 2026, calendar: 'halfYears', holidaysFor: '330109' },
		});
	});

	test('a draft shows what the ledger would be; switched on, round, forecast and due day follow the circular', async () => {
		const second = async () => (await ledger()).rounds.find(({ name }) => name === '2026 年第二轮')!;
		const roundTerm = async () => (await ledger()).sites[0]!.due.terms.find(({ note }) => note === '2026 年第二轮');
		const before = await second();
		expect(before).toMatchObject({ fromOn: '2026-07-01', toOn: '2026-12-31' });
		const id = await draft('analyst', YEAR, CIRCULAR);
		expect((await second()).toOn).toBe('2026-12-31');
		expect((await cardOf(YEAR)).changes[0]!.effect).toMatchObject({ today: {}, proposed: {} });

		await activate('leader', id);
		const held = await second();
		expect(held).toMatchObject({ fromOn: '2026-08-01', toOn: '2026-11-30' });
		expect(held.forecast!.workdaysLeft).toBeLessThan(before.forecast!.workdaysLeft);
		expect(await roundTerm()).toMatchObject({ value: '2026-11-30', source: REASON, confidence: 'local' });
		expect(await cardOf(YEAR)).toMatchObject({
			shipped: { days: { 'second.to': '2026-12-31' }, confidence: 'reported' },
			now: { days: { 'second.to': '2026-11-30' }, source: { zh: REASON }, confidence: 'local' },
		});
		const looked = async (on: string) => {
			const db = database().ingest;
			return lookedBackAt(db, await coverageNow(db, NOW), on);
		};
		expect(await looked('2026-08-20')).toEqual([]);
		expect(await looked('2026-11-20')).toMatchObject([{ fromOn: '2026-03-01', toOn: '2026-06-20' }]);

		await end(id);
		expect(await second()).toMatchObject({ toOn: '2026-12-31' });
		expect((await cardOf(YEAR)).changes[0]).toMatchObject({ state: 'ended', endReason: '文件作废' });
		const trail = await database()
			.ingest.selectFrom('audit')
			.select('action')
			.where('object', '=', `rule ${dateKeyOf(YEAR)}`)
			.execute();
		expect(trail.map(({ action }) => action)).toEqual(
			expect.arrayContaining(['rule:draft', 'rule:activate', 'rule:end']),
		);
	});

	test('the flood season of the bureau is that of the ledger and of the flood page', async () => {
		const season = { from: '03-20', to: '11-30' };
		expect((await ledger()).isFloodSeason).toBe(false);
		const id = await draft('dutyOfficer', { kind: 'floodSeason' }, season);
		await activate('leader', id);
		expect((await ledger()).isFloodSeason).toBe(true);
		const flood = await readFloodNow(database().ingest, SYSTEM, NOW);
		expect(flood.season).toMatchObject({ ...season, phase: 'during', source: { zh: REASON }, confidence: 'local' });
		await end(id);
		expect((await ledger()).isFloodSeason).toBe(false);
	});

	test('a key period is proposed, switched on by a leader, moved to the announced days, and called off', async () => {
		const db = database().ingest;
		const period = {
			name: '进博会保障',
			kind: 'event',
			fromOn: '2026-11-25',
			toOn: '2026-11-30',
			area: '330109',
			reason: REASON,
		} as const;
		const made = await makeRounds(db, who('dutyOfficer'), { make: 'keyPeriod', period });
		const subject: DateSubject = { kind: 'period', id: made.ok ? made.ids[0]! : '' };
		const terms = async () => (await ledger()).sites[0]!.due.terms.filter(({ key }) => key === 'keyPeriod');
		const [proposal] = (await cardOf(subject)).changes;
		expect(await cardOf(subject)).toMatchObject({ subject: { isProposed: true }, now: { isOn: false } });
		expect(proposal).toMatchObject({ state: 'draft', reason: REASON });
		const periods = async () => (await ledger()).keyPeriods.map(({ name }) => name);
		expect(await periods()).not.toContain('进博会保障');
		await activate('leader', proposal!.id);
		expect(await periods()).toContain('进博会保障');
		expect(await terms()).toEqual([]);
		const days = { from: '2026-11-18', to: '2026-11-30' };
		const moved = await draft('analyst', subject, days);
		const { changes } = await cardOf(subject);
		expect(changes.find(({ id }) => id === moved)!.effect!.moved).toBe(0);
		await activate('leader', moved);
		expect(await terms()).toMatchObject([{ note: '进博会保障' }]);
		await activate('leader', await draft('analyst', subject, days, false));
		expect(await terms()).toEqual([]);
		expect(await cardOf(subject)).toMatchObject({ now: { isOn: false, source: { zh: REASON } } });
	});

	test('a proposal that was put away is in the list no more; who may not draft may not propose', async () => {
		const db = database().ingest;
		const day = { fromOn: '2026-12-05', toOn: '2026-12-06', area: '330109', reason: REASON };
		const period = { name: '马拉松', kind: 'event', ...day } as const;
		expect(await makeRounds(db, who('leader'), { make: 'keyPeriod', period })).toMatchObject({ reason: 'forbidden' });
		const made = await makeRounds(db, who('analyst'), { make: 'keyPeriod', period });
		const subject: DateSubject = { kind: 'period', id: made.ok ? made.ids[0]! : '' };
		await discardRuleChange(db, who('analyst'), STATE, (await cardOf(subject)).changes[0]!.id);
		expect(await cardOf(subject)).toBeUndefined();
	});

	test('the holidays of the year are made once, each with its source', async () => {
		const wish = { make: 'year', year: 2026, calendar: 'changzhou', holidaysFor: '330109' } as const;
		const count = async () => (await database().ingest.selectFrom('key_period').select('id').execute()).length;
		const before = await count();
		await makeRounds(database().ingest, who('dutyOfficer'), wish);
		expect(await count()).toBe(before);
		expect((await ledger()).rounds.filter(({ name }) => name === '2026 年第二轮')).toHaveLength(1);
		await makeRounds(database().ingest, who('dutyOfficer'), { ...wish, year: 2027 });
		const { dates } = await coverageNumberList(database().ingest, SYSTEM, NOW);
		const day = dates.find(({ subject }) => subject.kind === 'period' && subject.name === '2027 年国庆节')!;
		expect(day.shipped).toMatchObject({ days: { from: '2027-10-01', to: '2027-10-07' }, confidence: 'assumed' });
		expect(day.shipped.source.zh).toMatch(/国务院/);
	});

	test.each<[string, DateSubject, Days, RegExp]>([
		['overlapping rounds', YEAR, { ...CIRCULAR, 'second.from': '2026-06-01' }, /两轮重叠/],
		['a look-back outside its round', YEAR, { ...CIRCULAR, 'lookBack.from': '2026-05-01' }, /第二轮之内/],
		['29 February', { kind: 'floodSeason' }, { from: '02-29', to: '10-15' }, /2 月 29 日/],
		['a year too far ahead', { kind: 'rounds', year: 2099 }, CIRCULAR, /没有这一年/],
		['a key period that is not there', { kind: 'period', id: 'x' }, { from: '2026-12-01', to: '2026-12-02' }, /没有/],
	])('%s is refused', async (_, subject, days, said) => {
		await expect(draft('analyst', subject, days)).rejects.toThrow(said);
	});

	describe('who may', () => {
		test.each<[Role, 'draft' | 'activate', boolean]>([
			['dutyOfficer', 'draft', true],
			['supervisor', 'draft', false],
			['leader', 'draft', false],
			['leader', 'activate', true],
			['analyst', 'activate', false],
		])('%s, %s: %s', async (role, what, may) => {
			const days = { ...CIRCULAR, 'first.from': '2026-02-01' };
			const deed =
				what === 'draft'
					? draft(role, YEAR, days)
					: draft('analyst', YEAR, days).then(async (id) => {
							await activate(role, id);
							await end(id);
							return id;
						});
			if (may) await expect(deed).resolves.toBeDefined();
			else await expect(deed).rejects.toThrow(/不允许/);
		});
	});
});

onBoth('a bureau in Jiangsu', (database) => {
	test('ledger, rules and flood page name the season of its own province', async () => {
		const db = database().ingest;
		await aRegister(db).withTown('320404001', '五星街道', [119.93, 31.78]).build();
		const season = { from: '05-01', to: '09-30' };
		const { dates } = await coverageNumberList(db, SYSTEM, NOW);
		const { shipped } = dates.find(({ subject }) => subject.kind === 'floodSeason')!;
		expect(shipped).toMatchObject({ days: season, source: { en: expect.stringContaining('Jiangsu') } });
		expect((await readFloodNow(db, SYSTEM, NOW)).season).toMatchObject({ ...season, source: shipped.source });
		const wetInZhejiangOnly = new Date('2026-04-20T02:00:00Z');
		expect((await readLedger(db, SYSTEM, wetInZhejiangOnly)).isFloodSeason).toBe(false);
	});
});
