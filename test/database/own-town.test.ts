// What hangs on sites without naming a town itself: plans, stills, the last visits. Asked in the name of a town they show
// what is its own, on either database, with the first wall alone.

import { beforeAll, expect, expectTypeOf, test } from 'vitest';
import { SYSTEM, type Scope } from '#lib/domain/access/scope.ts';
import { lastVisits } from '#lib/server/repositories/coverage-facts.ts';
import { drawById, insertDraw, newestDraws } from '#lib/server/repositories/patrol-draw.ts';
import { planById, plansBetween } from '#lib/server/repositories/patrol-plan.ts';
import { stillsOf, stillWithBytes } from '#lib/server/repositories/still.ts';
import { OTHER_TOWN, TOWN, twoTowns } from '../flow/two-towns.ts';
import { onBoth } from './both.ts';

const of = (areas: string[], siteIds?: string[]): Scope => ({
	...{ kind: 'areas', areas, layers: ['supervision'] },
	...(siteIds && { siteIds }),
});

onBoth('what hangs on the sites of a town', (database) => {
	let world: Awaited<ReturnType<typeof twoTowns>>;
	const draws = { own: crypto.randomUUID(), other: crypto.randomUUID() };

	beforeAll(async () => {
		const db = database().ingest;
		world = await twoTowns(db);
		for (const town of ['own', 'other'] as const) {
			const { site, source } = world[town];
			const pool = { sites: [site], officers: [], count: 1, teams: 1, avoids: [], filter: '' };
			const draw = { id: draws[town], on: '2026-07-13', purpose: town, seed: town, commitment: town, pool };
			await insertDraw(db, draw, world.at, 'test');
			await db
				.insertInto('visit')
				.values({
					...{ id: crypto.randomUUID(), site_id: site, visited_at: world.at, supervisors: ['沈岚'] },
					...{ occasion: 'routine', result: 'passed', source_id: source },
				})
				.execute();
		}
	});

	/** Of `own` and of `other`, whether a caller sees them. */
	const seen = async (ask: (scope: Scope, town: 'own' | 'other') => Promise<unknown>, scope: Scope) =>
		Promise.all((['own', 'other'] as const).map(async (town) => (await ask(scope, town)) !== undefined));

	test.each([
		['a plan', (scope: Scope, town: 'own' | 'other') => planById(database().read, scope, world[town].plan)],
		['a still', (scope: Scope, town: 'own' | 'other') => stillWithBytes(database().read, scope, world[town].still)],
		[
			'a plan among others',
			async (scope: Scope, town: 'own' | 'other') =>
				(await plansBetween(database().read, scope, '2000-01-01', '2100-01-01')).find(
					({ id }) => id === world[town].plan,
				),
		],
		['a draw', (scope: Scope, town: 'own' | 'other') => drawById(database().read, scope, draws[town])],
		[
			'a draw among others',
			async (scope: Scope, town: 'own' | 'other') =>
				(await newestDraws(database().read, scope, 10)).find(({ id }) => id === draws[town]),
		],
		[
			'the stills of a camera',
			async (scope: Scope, town: 'own' | 'other') =>
				(await stillsOf(database().read, scope, world[town].device, new Date(0), new Date(8e15)))[0],
		],
		[
			'the last visit of a site',
			async (scope: Scope, town: 'own' | 'other') => (await lastVisits(database().read, scope)).get(world[town].site),
		],
	])(
		'%s is shown to its town, to its grid not unless it lies there, to the district, and to nobody else',
		async (_, ask) => {
			expect(await seen(ask, of([TOWN]))).toEqual([true, false]);
			expect(await seen(ask, of([OTHER_TOWN]))).toEqual([false, true]);
			expect(await seen(ask, of([`${TOWN}000009`]))).toEqual([false, false]);
			expect(await seen(ask, of(['330109']))).toEqual([true, true]);
			expect(await seen(ask, of(['330109'], [world.own.site]))).toEqual([true, false]);
			expect(await seen(ask, of([]))).toEqual([false, false]);
			expect(await seen(ask, SYSTEM)).toEqual([true, true]);
		},
	);

	test('a plan that goes to another town as well is not told of in part', async () => {
		const db = database().ingest;
		const { visits } = await db
			.selectFrom('patrol_plan')
			.select('visits')
			.where('id', '=', world.own.plan)
			.executeTakeFirstOrThrow();
		const both = { ...(visits as object), notAsked: [{ siteId: world.other.site }] };
		await db
			.updateTable('patrol_plan')
			.set({ visits: JSON.stringify(both) })
			.where('id', '=', world.own.plan)
			.execute();
		expect(await planById(db, of([TOWN]), world.own.plan)).toBeUndefined();
		expect(await planById(db, of([TOWN, OTHER_TOWN]), world.own.plan)).toBeDefined();
	});

	test('a camera that never hung anywhere is the district’s', async () => {
		const db = database().ingest;
		await db.deleteFrom('device_binding').where('device_id', '=', world.own.device).execute();
		expect(await stillWithBytes(db, of([TOWN]), world.own.still)).toBeUndefined();
		expect(await stillWithBytes(db, of(['330109']), world.own.still)).toBeDefined();
	});

	test('nobody can ask without saying in whose name', () => {
		for (const ask of [planById, plansBetween, drawById, newestDraws, stillsOf, stillWithBytes])
			expectTypeOf(ask).parameter(1).toEqualTypeOf<Scope>();
		expectTypeOf(lastVisits).parameter(1).toEqualTypeOf<Scope>();
		expect([planById, stillWithBytes, lastVisits].map(({ length }) => length)).toEqual([3, 3, 2]);
	});
});
