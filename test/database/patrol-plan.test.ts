// A patrol from the draft to the ledger over a database: who may see a sealed route and when, what a phone's queue does,
// what an emergency moves. On both databases.

import { createHash, randomUUID } from 'node:crypto';
import { sql, type Kysely } from 'kysely';
import { expect, test } from 'vitest';
import { up as departmentsToKeys } from '#db/migrations/0065_department_keys.ts';
import type { FieldItem } from '#lib/contract/field.ts';
import type { Person } from '#lib/domain/access/principal.ts';
import type { RiskGrade } from '#lib/domain/coverage/grade.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { changePlan } from '#lib/server/commands/change-plan.ts';
import { commitDraw } from '#lib/server/commands/commit-draw.ts';
import { draftPlan } from '#lib/server/commands/draft-plan.ts';
import { insertEmergency } from '#lib/server/commands/insert-emergency.ts';
import { issuePlan } from '#lib/server/commands/issue-plan.ts';
import { keepPhoto } from '#lib/server/commands/keep-photo.ts';
import { recordFieldItem } from '#lib/server/commands/record-field-item.ts';
import { runDraw } from '#lib/server/commands/run-draw.ts';
import { readLedger } from '#lib/server/coverage/read-ledger.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { fromLngLat } from '#lib/server/db/geo.ts';
import { dayPackage } from '#lib/server/field/day-package.ts';
import { checkDraw } from '#lib/server/planning/lots.ts';
import { viewPlan } from '#lib/server/planning/plan-view.ts';
import { routeSheets } from '#lib/server/planning/route-sheet.ts';
import { evidenceOfOfficer } from '#lib/server/repositories/evidence.ts';
import { officerOfPerson } from '#lib/server/repositories/officer.ts';
import { drawById, drawnNames, drawView } from '#lib/server/repositories/patrol-draw.ts';
import { planById } from '#lib/server/repositories/patrol-plan.ts';
import { addPerson } from '#lib/server/repositories/person.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from './both.ts';

const NOW = new Date('2026-11-20T00:30:00Z');
const TODAY = '2026-11-20';
const grants = [{ role: 'dutyOfficer' as const, area: '330109', layers: ['public' as const, 'supervision' as const] }];
const people = ['甲', '乙', '丙', '丁'].map((name): Person => ({
	kind: 'person',
	id: randomUUID(),
	name,
	isDemo: false,
	grants,
}));
const [a, b] = people as [Person, Person, Person, Person];
const as = (principal: Person, now = NOW) => ({ principal, address: null, now });
const wish = { on: TODAY, template: 'daily' as const, name: '', teams: 1, officers: [], towns: [] };

/** In the order of the names: of officers with equal load the first go out first. */
const officerId = (i: number) => `0f1ce000-0000-4000-8000-00000000000${i}`;

async function prepared(db: Db): Promise<void> {
	const register = aRegister(db).withTown('330109001', '城厢街道', [120.25, 30.15]);
	for (let i = 0; i < 10; i++)
		register.withSite({ name: `工地${i}`, town: '330109001', at: [120.25 + i * 0.004, 30.15] });
	await register.build();
	const { id: source_id } = await db.selectFrom('source').select('id').executeTakeFirstOrThrow();
	await db
		.insertInto('patrol_base')
		.values({ id: randomUUID(), name: '监督站', location: fromLngLat([120.25, 30.155]), is_default: true, source_id })
		.execute();
	for (const [i, { id, name }] of people.entries()) {
		await addPerson(db, { id, login: `officer-${name}`, name, isDemo: false, passwordHash: null, at: NOW });
		await db
			.insertInto('officer')
			.values({ id: officerId(i), name, login: `officer-${name}`, certificate_until: '2027-06-30', source_id })
			.execute();
	}
}
const deed = (kind: string, more: object, at = NOW) =>
	({ id: randomUUID(), at: at.toISOString(), kind, ...more }) as FieldItem;

onBoth('a patrol', (database) => {
	let planId = '';
	const pack = async (who: Person, now = NOW) => {
		const { id, name } = await database()
			.read.selectFrom('officer')
			.select(['id', 'name'])
			.where('name', '=', who.name)
			.executeTakeFirstOrThrow();
		return dayPackage(database().read, { id, name }, now);
	};
	const did = async (who: Person, item: FieldItem, now = NOW) => {
		const result = await recordFieldItem(database().ingest, as(who, now), item);
		if (!result.ok) throw new Error(result.reason);
		return result.outcome;
	};

	test('is drafted from what is due, kept, and issued only when no hard rule is broken', async () => {
		const db = database().ingest;
		await prepared(db);
		const drafted = await draftPlan(db, as(a), wish, undefined, '日常');
		if (!drafted.ok) throw new Error(drafted.reason);
		planId = drafted.id;
		const view = await viewPlan(db, (await planById(db, SYSTEM, planId))!, NOW);
		expect(view.travel.kind).toBe('estimate');
		expect(view.base).toMatchObject({ name: '监督站', id: expect.any(String) });
		expect(view.visits).toHaveLength(10);
		const keys = view.visits.map(({ key }) => key);

		expect(await issuePlan(db, as(a), planId)).toMatchObject({ ok: false, reason: 'empty' });
		const change = {
			revision: view.revision,
			drafts: [{ team: 't1', visits: keys.slice(0, 4) }],
			locked: [],
			departments: {},
		};
		expect(await changePlan(db, as(a), planId, change)).toMatchObject({ ok: true, revision: 2 });
		expect(await changePlan(db, as(b), planId, change)).toMatchObject({ ok: false, reason: 'changed-meanwhile' });
		const twice = { ...change, revision: 2, drafts: [{ team: 't1', visits: [keys[0]!, keys[0]!] }] };
		expect(await changePlan(db, as(a), planId, twice)).toMatchObject({ ok: false, reason: 'bad-draft' });
		expect(await issuePlan(db, as(a), planId)).toMatchObject({ ok: true, stops: 4 });
		expect(await changePlan(db, as(a), planId, { ...change, revision: 2 })).toMatchObject({ reason: 'not-a-draft' });
	});

	test('arrives on two phones, each item once; what a colleague did is merged', async () => {
		const [day] = (await pack(a)).days;
		const [stop] = day!.stops;
		expect(day!.stops.map(({ state }) => state)).toEqual(['planned', 'planned', 'planned', 'planned']);
		expect(stop!.checklist.length).toBeGreaterThan(4);
		expect(await did(a, deed('depart', { planId }))).toMatchObject({ state: 'stored' });
		const mate = people.find(({ name }) => day!.officers.some((one) => one.name === name) && name !== a.name)!;
		const arrive = deed('arrive', { stopId: stop!.id, fix: { at: [120.25, 30.15], accuracyM: 12 } });
		expect(await did(a, arrive)).toMatchObject({ state: 'stored', flags: [] });
		expect(await did(a, arrive)).toMatchObject({ state: 'stored', flags: [] });
		expect(await did(mate, deed('arrive', { stopId: stop!.id, fix: null }))).toMatchObject({ state: 'merged' });
		expect(await did(a, deed('confirm', { stopId: stop!.id }))).toMatchObject({ state: 'refused' });
		expect(await did(mate, deed('confirm', { stopId: stop!.id }))).toMatchObject({ state: 'stored' });
		const outsider = people.find(({ name }) => !day!.officers.some((one) => one.name === name))!;
		expect(
			await did(
				outsider,
				deed('leave', { stopId: stop!.id, fix: null, checklist: [], machines: [], result: 'passed', minutes: 5 }),
			),
		).toMatchObject({
			state: 'refused',
		});
	});

	test('finds a hazard with a photo; only a real image with its true hash is kept', async () => {
		const db = database().ingest;
		const [day] = (await pack(a)).days;
		const stop = day!.stops[0]!;
		const hazardId = randomUUID();
		const finding = deed('finding', {
			...{
				stopId: stop.id,
				hazardId,
				category: 'height',
				description: '临边缺护栏',
				isMajor: false,
				dueOn: '2026-11-27',
			},
		});
		expect(await did(a, finding)).toMatchObject({ state: 'stored' });
		const content = Uint8Array.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]);
		const photo = {
			...{
				id: randomUUID(),
				stopId: stop.id,
				hazardId,
				takenAt: NOW,
				at: [120.25, 30.15] as [number, number],
				accuracyM: 9,
			},
			...{ content, sha256: createHash('sha256').update(content).digest('hex') },
		};
		expect(await keepPhoto(db, as(a), photo)).toMatchObject({ ok: true });
		const whose = async (who: Person) =>
			evidenceOfOfficer(db, (await officerOfPerson(db, who.id))!.id, photo.id).then((found) => found?.sha256);
		const outsider = people.find(({ name }) => !day!.officers.some((one) => one.name === name))!;
		expect([await whose(a), await whose(outsider)]).toEqual([photo.sha256, undefined]);
		expect(await keepPhoto(db, as(a), { ...photo, sha256: '0'.repeat(64) })).toMatchObject({ reason: 'no-image' });
		const script = new TextEncoder().encode('<svg onload=alert(1)>');
		const sha256 = createHash('sha256').update(script).digest('hex');
		expect(await keepPhoto(db, as(a), { ...photo, content: script, sha256 })).toMatchObject({ reason: 'no-image' });
	});

	test('an emergency shows what it moves before it is accepted; what was begun stays', async () => {
		const db = database().ingest;
		const view = await viewPlan(db, (await planById(db, SYSTEM, planId))!, NOW);
		const left = view.visits.find(({ key }) => !view.drafts[0]!.visits.includes(key))!;
		const ask = { siteId: left.siteId, why: '塔吊倾斜报警', minutes: 40, most: 2 as const };
		const shown = await insertEmergency(db, as(a), planId, { ...ask, accept: false });
		if (!shown.ok) throw new Error(shown.reason);
		expect(shown.view.moved.length + shown.view.dropped.length).toBeLessThanOrEqual(2);
		expect((await pack(a)).days[0]!.stops).toHaveLength(4);
		expect(await insertEmergency(db, as(a), planId, { ...ask, accept: true })).toMatchObject({ ok: true });
		const [day] = (await pack(a)).days;
		expect(day!.stops.filter(({ isEmergency }) => isEmergency)).toHaveLength(1);
		expect(day!.stops[0]!.state).toBe('arrived');
		expect(day!.change).toMatchObject({ why: '塔吊倾斜报警', answer: null });
		expect(await did(a, deed('answerEmergency', { planId, accepted: true, reason: '' }))).toMatchObject({
			state: 'stored',
		});
		expect(await insertEmergency(db, as(a), planId, { ...ask, accept: true })).toMatchObject({ reason: 'is-planned' });
	});

	test('an emergency in a full day names what is given up for it; the desk hears what the team says; and it can come back', async () => {
		const db = database().ingest;
		const tomorrow = '2026-11-21';
		const dawn = new Date('2026-11-20T23:00:00Z');
		const drafted = await draftPlan(db, as(a), { ...wish, on: tomorrow }, undefined, '满');
		if (!drafted.ok) throw new Error(drafted.reason);
		const { visits, revision } = await viewPlan(db, (await planById(db, SYSTEM, drafted.id))!, NOW);
		const drafts = [{ team: 't1', visits: visits.slice(0, 3).map(({ key }) => key) }];
		await changePlan(db, as(a), drafted.id, {
			revision,
			drafts,
			locked: [],
			departments: { [visits[0]!.key]: ['fire'] },
		});
		expect(await issuePlan(db, as(a), drafted.id)).toMatchObject({ ok: true });
		await sql`update patrol_plan set problem = jsonb_set(problem, '{teams,0,capacity}', '125') where id = ${drafted.id}`.execute(
			db,
		);
		const ask = (siteId: string) => ({ siteId, why: '基坑报警', minutes: 40, most: 2 as const, accept: true });
		const told = await insertEmergency(db, as(a, dawn), drafted.id, ask(visits[5]!.siteId));
		if (!told.ok) throw new Error(told.reason);
		const gone = visits.find(({ key }) => told.view.dropped.includes(key))!;
		expect(told.view.days).toMatchObject([
			{ team: 't1', before: { stops: { length: 3 } }, after: { stops: { length: 3 } } },
		]);
		const mine = await pack(a, dawn);
		expect(mine.names[gone.key]).toBe(gone.name);
		expect(mine.days[0]!.givenUp).toMatchObject([{ name: gone.name }]);
		expect(mine.days[0]!.stops.find(({ key }) => key === visits[0]!.key)?.departments ?? ['fire']).toEqual(['fire']);

		const heard = async () =>
			(await viewPlan(db, (await planById(db, SYSTEM, drafted.id))!, NOW)).teamStates[0]!.changes[0];
		expect(await heard()).toMatchObject({ why: '基坑报警', answer: null });
		await did(a, deed('answerEmergency', { planId: drafted.id, accepted: false, reason: '车坏了' }, dawn), dawn);
		expect(await heard()).toMatchObject({ answer: { accepted: false, reason: '车坏了', by: '甲' } });

		expect(await insertEmergency(db, as(a, dawn), drafted.id, ask(gone.siteId))).toMatchObject({ ok: true });
		const back = (await pack(a, dawn)).days[0]!.stops.find(({ key }) => key === gone.key);
		expect(back).toMatchObject({ state: 'planned', isEmergency: true });
	});

	test('an emergency that its team declines goes to another team, that is not asked twice, and to nobody when all decline', async () => {
		const db = database().ingest;
		const dawn = new Date('2026-11-22T23:00:00Z');
		const drafted = await draftPlan(db, as(a), { ...wish, on: '2026-11-23', teams: 2 }, undefined, '两组');
		if (!drafted.ok) throw new Error(drafted.reason);
		const { visits, revision, planTeams } = await viewPlan(db, (await planById(db, SYSTEM, drafted.id))!, NOW);
		const drafts = planTeams.map(({ id }, i) => ({ team: id, visits: [visits[i]!.key, visits[i + 2]!.key] }));
		await changePlan(db, as(a), drafted.id, { revision, drafts, locked: [], departments: {} });
		expect(await issuePlan(db, as(a), drafted.id)).toMatchObject({ ok: true });
		const site = visits[5]!;
		const ask = { siteId: site.siteId, why: '塔吊报警', minutes: 40, most: 2 as const, accept: true };
		const insert = () => insertEmergency(db, as(a, dawn), drafted.id, ask);
		const decline = async (team: string) => {
			const { names } = planTeams.find(({ id }) => id === team)!;
			const officer = people.find(({ name }) => names.includes(name))!;
			const no = { planId: drafted.id, accepted: false, reason: '车坏了' };
			expect(await did(officer, deed('answerEmergency', no, dawn), dawn)).toMatchObject({ state: 'stored' });
		};
		const goers = async () => {
			const view = await viewPlan(db, (await planById(db, SYSTEM, drafted.id))!, dawn);
			expect(view.drafts.flatMap(({ visits }) => visits).filter((key) => key === site.key)).toHaveLength(1);
			return view.stopStates.filter(({ key }) => key === site.key).map(({ team, state }) => [team, state]);
		};
		const first = await insert();
		if (!first.ok) throw new Error(first.reason);
		expect(await insert()).toMatchObject({ reason: 'is-planned' });
		await decline(first.view.team);
		const second = await insert();
		if (!second.ok) throw new Error(second.reason);
		expect(second.view.team).not.toBe(first.view.team);
		expect(await goers()).toEqual([[second.view.team, 'planned']]);
		expect(await insert()).toMatchObject({ reason: 'is-planned' });
		await decline(second.view.team);
		expect(await insert()).toMatchObject({ reason: 'fits-nowhere' });
		expect(await goers()).toEqual([[second.view.team, 'planned']]);
	});

	test('what was given up for an emergency is made again when its team declines; a change that waits for its answer stays beside a later one', async () => {
		const db = database().ingest;
		const dawn = new Date('2026-11-24T23:00:00Z');
		const drafted = await draftPlan(db, as(a), { ...wish, on: '2026-11-25', teams: 2 }, undefined, '两组满');
		if (!drafted.ok) throw new Error(drafted.reason);
		const look = async () => viewPlan(db, (await planById(db, SYSTEM, drafted.id))!, dawn);
		const { visits, revision, planTeams } = await look();
		const drafts = planTeams.map(({ id }, i) => ({ team: id, visits: [visits[i]!.key, visits[i + 2]!.key] }));
		await changePlan(db, as(a), drafted.id, { revision, drafts, locked: [], departments: {} });
		expect(await issuePlan(db, as(a), drafted.id)).toMatchObject({ ok: true });
		const room = (minutes: number) =>
			sql`update patrol_plan set problem = jsonb_set(jsonb_set(problem, '{teams,0,capacity}', ${String(minutes)}::jsonb),
				'{teams,1,capacity}', ${String(minutes)}::jsonb) where id = ${drafted.id}`.execute(db);
		const insert = async (visit: (typeof visits)[number], why: string) => {
			const ask = { siteId: visit.siteId, why, minutes: 40, most: 2 as const, accept: true };
			const told = await insertEmergency(db, as(a, new Date(dawn.getTime() + moment++)), drafted.id, ask);
			if (!told.ok) throw new Error(told.reason);
			return told.view;
		};
		let moment = 0;
		const stateOf = async (key: string) => (await look()).stopStates.find((stop) => stop.key === key)!.state;

		await room(85);
		const first = await insert(visits[5]!, '基坑报警');
		const [gone] = first.dropped;
		expect(await stateOf(gone!)).toBe('dropped');
		await room(130);
		const later = await insert(visits[6]!, '扬尘投诉');
		const officerOf = (team: string) =>
			people.find(({ name }) => planTeams.find(({ id }) => id === team)!.names.includes(name))!;
		const changesOf = async (team: string) => (await look()).teamStates.find((one) => one.team === team)!.changes;
		const own = await changesOf(first.team);
		expect(own.find(({ why }) => why === '基坑报警')).toMatchObject({ answer: null });
		expect((await changesOf(later.team))[0]).toMatchObject({ why: '扬尘投诉', answer: null });

		const changeAt = own.find(({ why }) => why === '基坑报警')!.at;
		const no = { planId: drafted.id, accepted: false, reason: '车坏了', changeAt };
		expect(await did(officerOf(first.team), deed('answerEmergency', no, dawn), dawn)).toMatchObject({
			state: 'stored',
		});
		await room(200);
		const second = await insert(visits[5]!, '基坑报警');
		expect(second.team).not.toBe(first.team);
		expect(second.back).toEqual([gone]);
		expect(await stateOf(gone!)).toBe('planned');
		// Whoever goes to the emergency is asked, whatever else comes back to it.
		expect((await changesOf(second.team))[0]).toMatchObject({ key: visits[5]!.key, answer: null });
		expect((await changesOf(second.team))[0]).not.toHaveProperty('back');
		expect((await look()).drafts.flatMap(({ visits: keys }) => keys)).toContain(gone);
	});

	test('departments that an older program kept as words of its page are known by their keys afterwards', async () => {
		const db = database().ingest;
		const { visits } = (await planById(db, SYSTEM, planId))!.visits;
		const said = visits.map((visit, i) => ({ ...visit, departments: i === 0 ? ['消防', 'Labour', '邻区'] : [] }));
		await sql`update patrol_plan set visits = jsonb_set(visits, '{visits}', ${JSON.stringify(said)}::jsonb)
			where id = ${planId}`.execute(db);
		await departmentsToKeys(db as unknown as Kysely<unknown>);
		const after = (await planById(db, SYSTEM, planId))!.visits.visits;
		expect(after.map(({ key, departments }) => [key, departments])).toEqual(
			visits.map(({ key }, i) => [key, i === 0 ? ['fire', 'labour', '邻区'] : []]),
		);
		await sql`update patrol_plan set visits = jsonb_set(visits, '{visits}', ${JSON.stringify(visits)}::jsonb)
			where id = ${planId}`.execute(db);
	});

	test('leaving makes the visit, and the ledger knows it', async () => {
		const db = database().ingest;
		const stop = (await pack(a)).days[0]!.stops[0]!;
		const later = new Date(NOW.getTime() + 45 * 60_000);
		const leave = {
			stopId: stop.id,
			fix: null,
			checklist: [{ key: 'edges', ok: false }],
			machines: [],
			result: 'rectify',
			minutes: 45,
		};
		expect(await did(a, deed('leave', leave, later), later)).toMatchObject({ state: 'stored', flags: ['noFix'] });
		const site = (await readLedger(db, SYSTEM, later)).sites.find(({ id }) => id === stop.site.id)!;
		expect(site).toMatchObject({ lastVisitOn: TODAY, openHazards: 1 });
		const visit = await db.selectFrom('visit').selectAll().executeTakeFirstOrThrow();
		expect(visit).toMatchObject({ result: 'rectify', minutes: 45 });
		expect(visit.supervisors).toHaveLength(2);
		const hazard = await db.selectFrom('hazard').select('visit_id').executeTakeFirstOrThrow();
		expect(hazard.visit_id).toBe(visit.id);
	});

	test('a draw is made from sites of the grades and towns it is limited to, and from no others', async () => {
		const db = database().ingest;
		const limited = (limit: { grades?: RiskGrade[]; towns?: string[] }) =>
			commitDraw(db, as(a), { on: TODAY, purpose: '夜查', count: 1, teams: 1, grades: [], towns: [], ...limit });
		expect(await limited({ grades: ['high'] })).toMatchObject({ reason: 'pool-too-small' });
		expect(await limited({ towns: ['330109002'] })).toMatchObject({ reason: 'pool-too-small' });
		const ungraded = await limited({ grades: ['medium'], towns: ['330109001'] });
		if (!ungraded.ok) throw new Error(ungraded.reason);
		expect((await drawById(db, SYSTEM, ungraded.id))!.pool.filter).toBe('medium、330109001');
	});

	test('an unannounced draw is sealed to everybody until departure, then anybody can check it', async () => {
		const db = database().ingest;
		const committed = await commitDraw(db, as(a), {
			on: TODAY,
			purpose: '四不两直',
			count: 3,
			teams: 1,
			grades: [],
			towns: [],
		});
		if (!committed.ok) throw new Error(committed.reason);
		const drawn = await runDraw(db, as(a), committed.id, undefined);
		if (!drawn.ok) throw new Error(drawn.reason);
		expect(await runDraw(db, as(a), committed.id, undefined)).toMatchObject({ reason: 'is-drawn' });
		const plan = (await planById(db, SYSTEM, drawn.planId))!;
		const sites = plan.visits.visits.map(({ siteId, name }) => [siteId, name]).flat();
		const shown = async () =>
			JSON.stringify([
				await viewPlan(db, (await planById(db, SYSTEM, drawn.planId))!, NOW),
				drawView((await drawById(db, SYSTEM, committed.id))!, NOW).outcome,
			]);
		const isSealed = async () => (await viewPlan(db, (await planById(db, SYSTEM, drawn.planId))!, NOW)).isSealed;
		expect(await isSealed()).toBe(true);
		const sealed = await shown();
		expect(sites.filter((word) => sealed.includes(word))).toEqual([]);
		expect(await routeSheets(db, drawn.planId, SYSTEM, 'http://x', NOW)).toBeUndefined();
		const seed = plan.drawId && (await drawById(db, SYSTEM, committed.id))!.seed;
		expect(sealed).not.toContain(seed);
		expect(drawView((await drawById(db, SYSTEM, committed.id))!, NOW).seed).toBeNull();
		// A team that never sets out keeps the seed no longer than the day.
		const later = new Date(NOW.getTime() + 24 * 3_600_000);
		expect(drawView((await drawById(db, SYSTEM, committed.id))!, later).seed).toBe(seed);
		expect(await routeSheets(db, drawn.planId, SYSTEM, 'http://x', later)).toBeDefined();
		const log = JSON.stringify(
			await db.selectFrom('event_log').select(['data', 'subject_id']).where('subject_id', '=', drawn.planId).execute(),
		);
		expect(sites.filter((word) => log.includes(word))).toEqual([]);

		const driver = people.find(({ name }) => plan.teams.teams[0]!.names.includes(name))!;
		const mine = async () => (await pack(driver)).days.find((day) => day.planId === drawn.planId)!;
		expect((await mine()).stops).toEqual([]);
		// The evening before it is a day ahead that tells when and with whom, not where.
		const eve = new Date(NOW.getTime() - 24 * 3_600_000);
		const row = await db
			.selectFrom('officer')
			.select(['id', 'name'])
			.where('name', '=', driver.name)
			.executeTakeFirstOrThrow();
		const ahead = (await dayPackage(db, row, eve)).others!.find(({ planId }) => planId === drawn.planId)!;
		expect(ahead).toMatchObject({ on: TODAY, isSealed: true, stops: [], count: plan.visits.visits.length });
		expect(sites.filter((word) => JSON.stringify(ahead).includes(word))).toEqual([]);
		await did(driver, deed('depart', { planId: drawn.planId }));
		expect((await mine()).stops).toHaveLength(1);
		expect(await isSealed()).toBe(false);
		const open = drawView((await drawById(db, SYSTEM, committed.id))!, NOW);
		expect(
			checkDraw({ seed: open.seed!, outcome: open.outcome!, pool: open.pool, commitment: open.commitment }),
		).toEqual({ ok: true });

		// Whoever reads it later reads names, also of a site that has been finished since.
		const [finished] = open.outcome!.sites;
		await db.updateTable('site').set({ state: 'finished' }).where('id', '=', finished!).execute();
		const draw = (await drawById(db, SYSTEM, committed.id))!;
		const { names } = drawView(draw, NOW, await drawnNames(db, [draw]));
		const drawnIds = [...open.outcome!.sites, ...open.outcome!.teams.flat()];
		expect(Object.keys(names).sort()).toEqual(drawnIds.sort());
		expect(Object.values(names)).toEqual(expect.arrayContaining(plan.teams.teams[0]!.names));
		expect(drawView({ ...draw, revealedAt: null }, NOW, await drawnNames(db, [draw])).names).toEqual({});
	});
});
