// A bureau keeps its teams: officers and their certificates, whom they must keep away from, experts, cars, places to
// start from. On both databases.

import { randomUUID } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { BaseValues, ExpertValues, OfficerValues, StaffEdit } from '#lib/contract/staff.ts';
import type { Person, PersonRole } from '#lib/domain/access/principal.ts';
import { putStaff, removeBase, undoStaff } from '#lib/server/commands/change-staff.ts';
import { draftPlan } from '#lib/server/commands/draft-plan.ts';
import { addPerson } from '#lib/server/repositories/person.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { planById } from '#lib/server/repositories/patrol-plan.ts';
import { staffView } from '#lib/server/planning/staff-view.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from './both.ts';

const NOW = new Date('2026-11-20T00:30:00Z');
const person = (role: PersonRole, area = '330109'): Person => ({
	...{ kind: 'person', id: randomUUID(), name: '沈岚', isDemo: false },
	grants: [{ role, area, layers: ['public', 'supervision'] }],
});
const as = (principal: Person) => ({ principal, address: null, now: NOW });
const analyst = as(person('analyst'));

const anOfficer = (name: string, more: Partial<OfficerValues> = {}): OfficerValues => ({
	...{ name, login: null, certificateNo: '浙执法1', certificateUntil: '2027-06-30', skills: [] },
	...{ isActive: true, avoids: [], ...more },
});
const aBase = (name: string, isDefault = false): BaseValues => ({ name, at: [120.25, 30.15], isDefault });

onBoth('the teams of a bureau', (database) => {
	const db = () => database().ingest;
	const view = () => staffView(db(), NOW);
	const put = (id: string, edit: Omit<Extract<StaffEdit, unknown>, 'was'>, was: string | null, who = analyst) =>
		putStaff(db(), who, id, { ...edit, was } as StaffEdit);
	const add = async (edit: Omit<Extract<StaffEdit, unknown>, 'was'>) => {
		const id = randomUUID();
		expect(await put(id, edit, null)).toMatchObject({ ok: true });
		return id;
	};
	const officer = async (name: string) => (await view()).officers.find(({ values }) => values.name === name)!;
	const draft = async (on = '2026-11-20') => {
		const wish = { on, template: 'daily' as const, name: '', teams: 3, officers: [], towns: [] };
		return draftPlan(db(), analyst, wish, undefined, '日常');
	};

	test('the ground: a site of a firm, nobody to go there', async () => {
		const { id: personId, name } = analyst.principal;
		await addPerson(db(), { id: personId, login: 'shen', name, isDemo: false, passwordHash: null, at: NOW });
		await aRegister(db())
			.withTown('330109001', '城厢街道', [120.25, 30.15])
			.withSite({ name: '湘湖里', town: '330109001', at: [120.25, 30.15] })
			.build();
		const { id: source_id } = await db().selectFrom('source').select('id').executeTakeFirstOrThrow();
		const id = randomUUID();
		await db()
			.insertInto('firm')
			.values({ id, name: '建造一公司', roles: ['contractor'], source_id })
			.execute();
		await db().updateTable('site').set({ contractor_id: id }).execute();
		expect(await draft()).toMatchObject({ ok: false, reason: 'no-base' });
	});

	test('a plan can be made once two officers with certificates and a place to start from are entered', async () => {
		await add({ kind: 'base', values: aBase('监督站', true) });
		await add({ kind: 'officer', values: anOfficer('甲') });
		expect(await draft()).toMatchObject({ ok: false, reason: 'no-officers' });
		await add({ kind: 'officer', values: anOfficer('乙') });
		await add({ kind: 'vehicle', values: { name: '浙A·0001', seats: 5, isActive: true } });
		const made = await draft();
		if (!made.ok) throw new Error(made.reason);
		const { teams } = (await planById(db(), SYSTEM, made.id))!.teams;
		expect(teams.map(({ names, vehicle }) => [[...names].sort().join(), vehicle])).toEqual([['乙,甲', '浙A·0001']]);
	});

	test('a certificate that ends bars the officer from the day after, and a longer one brings them back', async () => {
		const one = await officer('甲');
		const ends = { ...one.values, certificateUntil: '2026-11-20' };
		expect(await put(one.id, { kind: 'officer', values: ends }, one.mark)).toMatchObject({ ok: true });
		expect(await draft('2026-11-20')).toMatchObject({ ok: true });
		expect(await draft('2026-11-23')).toMatchObject({ ok: false, reason: 'no-officers' });
		const later = await officer('甲');
		const longer = { ...later.values, certificateUntil: '2028-01-01' };
		expect(await put(later.id, { kind: 'officer', values: longer }, later.mark)).toMatchObject({ ok: true });
		expect(await draft('2026-11-23')).toMatchObject({ ok: true });
	});

	test('whoever must keep away from a firm does not go to its sites', async () => {
		const one = await officer('甲');
		const { id: firmId } = (await view()).firms[0]!;
		const avoids = [{ firmId, reason: '近亲属在该企业任职' }];
		expect(await put(one.id, { kind: 'officer', values: { ...one.values, avoids } }, one.mark)).toMatchObject({
			ok: true,
		});
		const made = await draft();
		if (!made.ok) throw new Error(made.reason);
		expect((await planById(db(), SYSTEM, made.id))!.problem.visits[0]!.notTeam).toEqual(['t1']);
		const unknown = [{ firmId: randomUUID(), reason: '曾任职' }];
		const again = await officer('甲');
		expect(
			await put(again.id, { kind: 'officer', values: { ...again.values, avoids: unknown } }, again.mark),
		).toMatchObject({ ok: false, reason: 'unknown-firm' });
	});

	test('who was put aside is not planned with, and can be found again', async () => {
		const one = await officer('乙');
		await put(one.id, { kind: 'officer', values: { ...one.values, isActive: false } }, one.mark);
		expect(await draft()).toMatchObject({ ok: false, reason: 'no-officers' });
		expect((await officer('乙')).values.isActive).toBe(false);
	});

	describe('a change', () => {
		test('of what somebody else has changed meanwhile is refused', async () => {
			const one = await officer('甲');
			const first = { kind: 'officer' as const, values: { ...one.values, skills: ['crane'] } };
			expect(await put(one.id, first, one.mark)).toMatchObject({ ok: true });
			expect(await put(one.id, first, one.mark)).toMatchObject({ ok: false, reason: 'changed-meanwhile' });
			expect(await put(randomUUID(), first, one.mark)).toMatchObject({ ok: false, reason: 'changed-meanwhile' });
		});

		test('to a name that is taken is refused; two people of one name cannot both go', async () => {
			const again = { kind: 'officer' as const, values: anOfficer('甲') };
			expect(await put(randomUUID(), again, null)).toMatchObject({ ok: false, reason: 'name-taken' });
		});

		test('of a name that visits know is refused', async () => {
			const { id: site_id, source_id } = await db()
				.selectFrom('site')
				.select(['id', 'source_id'])
				.executeTakeFirstOrThrow();
			const seen = { id: randomUUID(), site_id, source_id, visited_at: NOW, supervisors: ['甲', '乙'] };
			await db()
				.insertInto('visit')
				.values({ ...seen, occasion: 'routine', result: 'passed' })
				.execute();
			const one = await officer('甲');
			const renamed = { kind: 'officer' as const, values: { ...one.values, name: '甲某' } };
			expect(await put(one.id, renamed, one.mark)).toMatchObject({ ok: false, reason: 'name-is-kept' });
		});

		test('is taken back as it was, avoidance included; only the newest of a person', async () => {
			const before = await officer('甲');
			await put(before.id, { kind: 'officer', values: { ...before.values, avoids: [], skills: ['pit'] } }, before.mark);
			const [newest, older] = (await view()).changes.filter(({ id }) => id === before.id);
			expect(newest).toMatchObject({ kind: 'officer', name: '甲', by: '沈岚', change: 'changed', canUndo: true });
			expect(await undoStaff(db(), analyst, older!.seq)).toMatchObject({ ok: false, reason: 'nothing-to-undo' });
			expect(await undoStaff(db(), analyst, newest!.seq)).toMatchObject({ ok: true });
			expect((await officer('甲')).mark).toBe(before.mark);
			expect(await undoStaff(db(), analyst, newest!.seq)).toMatchObject({ ok: false, reason: 'nothing-to-undo' });
		});

		test('that added somebody by mistake is taken back whole, unless plans know them', async () => {
			const values: ExpertValues = {
				...{ name: '岩土专家', disciplines: ['岩土工程'], isSenior: true, joinedOn: '2026-01-01' },
				...{ firmId: null, isActive: true, avoids: [] },
			};
			await add({ kind: 'expert', values });
			const [added] = (await view()).changes;
			expect(await undoStaff(db(), analyst, added!.seq)).toMatchObject({ ok: true });
			expect((await view()).experts).toEqual([]);
		});

		test('of the default place moves the default, and taking it back gives it back', async () => {
			await add({ kind: 'base', values: aBase('分站', true) });
			const defaults = async () => (await view()).bases.filter(({ values }) => values.isDefault);
			expect((await defaults()).map(({ values }) => values.name)).toEqual(['分站']);
			const [one] = await defaults();
			expect(await removeBase(db(), analyst, one!.id)).toMatchObject({ ok: false, reason: 'is-default' });
			expect(await put(one!.id, { kind: 'base', values: aBase('分站') }, one!.mark)).toMatchObject({
				reason: 'is-default',
			});
			const [change] = (await view()).changes;
			expect(await undoStaff(db(), analyst, change!.seq)).toMatchObject({ ok: true });
			expect((await view()).bases.map(({ values }) => [values.name, values.isDefault])).toEqual([['监督站', true]]);
		});
	});

	test('only those who plan may, in the whole district, and every change is in the trail', async () => {
		const values = anOfficer('丙');
		for (const who of [person('supervisor'), person('leader'), person('analyst', '330109001')])
			expect(await put(randomUUID(), { kind: 'officer', values }, null, as(who))).toMatchObject({
				ok: false,
				reason: 'forbidden',
			});
		const trail = await db()
			.selectFrom('audit')
			.select(['action', 'object'])
			.where('action', '=', 'patrol:staff')
			.execute();
		expect(trail.map(({ object }) => object)).toEqual(expect.arrayContaining(['officer 甲', 'base 监督站']));
		expect(trail).toHaveLength((await view()).changes.length);
	});
});
