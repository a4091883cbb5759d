// What a phone reports that is in no plan, and how a day on patrol ends: over a database, on both.

import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { FieldItem } from '#lib/contract/field.ts';
import type { Person } from '#lib/domain/access/principal.ts';
import { moved, type LngLat } from '#lib/domain/geo.ts';
import { changePlan } from '#lib/server/commands/change-plan.ts';
import { draftPlan } from '#lib/server/commands/draft-plan.ts';
import { issuePlan } from '#lib/server/commands/issue-plan.ts';
import { keepPhoto } from '#lib/server/commands/keep-photo.ts';
import { recordFieldItem } from '#lib/server/commands/record-field-item.ts';
import { asLngLat } from '#lib/server/db/geo.ts';
import { dayPackage } from '#lib/server/field/day-package.ts';
import { viewPlan } from '#lib/server/planning/plan-view.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { planById } from '#lib/server/repositories/patrol-plan.ts';
import { addPerson } from '#lib/server/repositories/person.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from './both.ts';

const TODAY = '2026-11-20';
const NOW = new Date('2026-11-20T00:30:00Z');
const SITE: LngLat = [120.25, 30.15];
const person = (name: string, role: 'dutyOfficer' | 'leader' = 'dutyOfficer'): Person => ({
	...{ kind: 'person', id: randomUUID(), name, isDemo: false },
	grants: [{ role, area: '330109', layers: ['public', 'supervision'] }],
});
const [a, b, clerk] = [person('甲'), person('乙'), person('文员')];
const as = (principal: Person, now = NOW) => ({ principal, address: null, now });
const at = (clock: string) => new Date(`${TODAY}T${clock}:00+08:00`);

onBoth('on patrol', (database) => {
	const db = () => database().ingest;
	const report = (who: Person, item: object, now = NOW) =>
		recordFieldItem(db(), as(who, now), { id: randomUUID(), at: now.toISOString(), ...item } as FieldItem);
	const did = async (who: Person, item: object, now = NOW) => {
		const result = await report(who, item, now);
		if (!result.ok) throw new Error(result.reason);
		return result.outcome;
	};
	const found = () =>
		db()
			.selectFrom('found_site')
			.leftJoin('site', 'site.id', 'near_site_id')
			.select(['found_site.id', 'kind', 'note', 'evidence_id', 'found_by', 'site.name as near'])
			.select(asLngLat('found_site.location').as('at'))
			.orderBy('found_at')
			.execute();

	test('the ground: three sites, two officers with accounts', async () => {
		const register = aRegister(db()).withTown('330109001', '城厢街道', SITE).withBase('监督站', [120.25, 30.155]);
		for (const [i, name] of ['湘湖里', '金城花园', '钱江云庭'].entries())
			register.withSite({ name, town: '330109001', at: [120.25 + i * 0.01, 30.15] });
		await register.withOfficer('甲').withOfficer('乙').build();
		for (const { id, name } of [a, b, clerk])
			await addPerson(db(), { id, login: name, name, isDemo: false, passwordHash: null, at: NOW });
		for (const name of ['甲', '乙'])
			await db().updateTable('officer').set({ login: name }).where('name', '=', name).execute();
		expect(await found()).toEqual([]);
	});

	describe('a site that is not in the register', () => {
		const fix = (meters: number) => ({ at: moved(SITE, 180, meters), accuracyM: 8 });
		const newSite = (meters: number, more: object = {}) => ({
			...{ kind: 'newSite', what: 'unlicensed', note: '', fix: fix(meters), evidenceId: null, ...more },
		});

		test('is kept with kind, place and photo: three taps are all it takes', async () => {
			const content = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
			const photo = { id: randomUUID(), stopId: null, hazardId: null, takenAt: NOW, at: fix(900).at, accuracyM: 8 };
			const sha256 = createHash('sha256').update(content).digest('hex');
			expect(await keepPhoto(db(), as(a), { ...photo, content, sha256 })).toMatchObject({ ok: true });
			expect(await did(a, newSite(900, { evidenceId: photo.id }))).toMatchObject({ state: 'stored', note: '' });
			const [kept] = await found();
			expect(kept).toMatchObject({ kind: 'unlicensed', evidence_id: photo.id, found_by: '甲', near: null });
			expect(kept!.at[1]).toBeCloseTo(fix(900).at[1], 6);
		});

		test('within 100 m of a registered one names it, so that nothing is entered twice', async () => {
			// The red line reaches 80 m to each side: 170 m from the symbol is 90 m from the site.
			const { note } = await did(a, newSite(170));
			expect(note).toMatch(/湘湖里/);
			expect(note).toMatch(/\b(89|90|91) m/);
			expect((await found()).at(-1)).toMatchObject({ near: '湘湖里' });
		});

		test('beyond 100 m stands for itself', async () => {
			expect(await did(a, newSite(195))).toMatchObject({ state: 'stored', note: '' });
			expect((await found()).at(-1)).toMatchObject({ near: null });
		});

		test('sent twice by a bad network is one site; by somebody who does not patrol it is none', async () => {
			const before = (await found()).length;
			const item = { ...newSite(900), id: randomUUID() };
			expect(await did(b, item)).toEqual(await did(b, item));
			expect(await found()).toHaveLength(before + 1);
			expect(await report(clerk, newSite(900))).toMatchObject({ ok: false, reason: 'not-an-officer' });
			expect(await report(person('长', 'leader'), newSite(900))).toMatchObject({ ok: false, reason: 'forbidden' });
			expect(await found()).toHaveLength(before + 1);
		});
	});

	describe('the end of the day', () => {
		let planId = '';
		const pack = async (who: Person, now = NOW) => {
			const { id, name } = await db()
				.selectFrom('officer')
				.select(['id', 'name'])
				.where('name', '=', who.name)
				.executeTakeFirstOrThrow();
			return dayPackage(database().read, { id, name }, now);
		};
		const day = async (who: Person, now = NOW) => (await pack(who, now)).days[0]!;

		test('shows plan and actual side by side: made, skipped with the reason, not reached', async () => {
			const wish = { on: TODAY, template: 'daily' as const, name: '', teams: 1, officers: [], towns: [] };
			const drafted = await draftPlan(db(), as(a), wish, undefined, '日常');
			if (!drafted.ok) throw new Error(drafted.reason);
			planId = drafted.id;
			const view = await viewPlan(db(), (await planById(db(), SYSTEM, planId))!, NOW);
			const drafts = [{ team: 't1', visits: view.visits.map(({ key }) => key) }];
			await changePlan(db(), as(a), planId, { revision: view.revision, drafts, locked: [], departments: {} });
			expect(await issuePlan(db(), as(a), planId)).toMatchObject({ ok: true, stops: 3 });
			const [first, second] = (await day(a)).stops;

			await did(a, { kind: 'depart', planId }, at('08:30'));
			await did(a, { kind: 'arrive', stopId: first!.id, fix: null }, at('09:05'));
			const leave = { kind: 'leave', stopId: first!.id, fix: null, checklist: [], machines: [], result: 'passed' };
			await did(a, { ...leave, minutes: 45 }, at('09:50'));
			await did(b, { kind: 'skip', stopId: second!.id, reason: '大门上锁' }, at('10:10'));

			const { stops, departedAt } = await day(a, at('17:00'));
			expect(departedAt).toBe(at('08:30').toISOString());
			expect(stops.map(({ state, arrivedAt, leftAt, skipReason }) => [state, arrivedAt, leftAt, skipReason])).toEqual([
				['done', at('09:05').toISOString(), at('09:50').toISOString(), null],
				['skipped', null, null, '大门上锁'],
				['planned', null, null, null],
			]);
			expect(stops.every(({ startMin, leaveMin }) => leaveMin > startMin)).toBe(true);
		});

		test('keeps the minutes as they were signed, by whom and when, for both officers and the plan', async () => {
			const minutes = '2026-11-20 甲、乙：1. 09:05 湘湖里';
			expect(await did(a, { kind: 'return', planId, minutes }, at('17:05'))).toMatchObject({ state: 'stored' });
			const [mine, mate] = [await day(a, at('17:10')), await day(b, at('17:10'))];
			expect([mine.minutes, mate.minutes]).toEqual([minutes, minutes]);
			expect(mine.returnedAt).toBe(at('17:05').toISOString());
			const team = await db().selectFrom('patrol_team').select('minutes').executeTakeFirstOrThrow();
			expect(team.minutes).toMatchObject({ by: '甲', at: at('17:05').toISOString() });
		});

		test('is looked up the day after with its minutes, and stood among the days ahead the day before', async () => {
			const tomorrow = await pack(b, new Date(NOW.getTime() + 24 * 3_600_000));
			expect(tomorrow.days).toEqual([]);
			expect(tomorrow.others).toMatchObject([
				{
					on: TODAY,
					names: expect.arrayContaining(['甲', '乙']),
					count: 3,
					done: 1,
					isSealed: false,
					minutes: { by: '甲' },
				},
			]);
			const states = tomorrow.others![0]!.stops.map(({ state }) => state);
			expect(states).toEqual(['done', 'skipped', 'planned']);
			expect((await pack(b, at('17:10'))).others).toEqual([]);
			const yesterday = await pack(b, new Date(NOW.getTime() - 24 * 3_600_000));
			expect(yesterday.others).toMatchObject([{ on: TODAY, isSealed: false }]);
			expect(yesterday.others![0]!.stops).toHaveLength(3);
		});

		test('is not ended by somebody of another team', async () => {
			await db().updateTable('patrol_team').set({ officer_ids: [] }).execute();
			expect(await did(a, { kind: 'return', planId, minutes: '' }, at('17:20'))).toMatchObject({ state: 'refused' });
		});
	});
});
