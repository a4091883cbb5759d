// Handing sites and ground from one grid to its neighbour over a database. On both databases.

import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import type { MultiPolygon } from 'geojson';
import type { Person, PersonRole } from '#lib/domain/access/principal.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { balanceGrids } from '#lib/server/commands/balance-grids.ts';
import { asGeoJson, fromGeoJson } from '#lib/server/db/geo.ts';
import { gridsView } from '#lib/server/planning/grids-view.ts';
import { aRegister } from '../builders.ts';
import { onBoth } from './both.ts';

const TOWN = '330109001';
const TODAY = '2026-11-20';
const NOW = new Date('2026-11-20T02:00:00Z');
const person = (role: PersonRole): Person => ({
	...{ kind: 'person', id: randomUUID(), name: '沈岚', isDemo: false },
	grants: [{ role, area: '330109', layers: ['public', 'supervision'] }],
});
const as = (principal: Person) => ({ principal, address: null, now: NOW });
const duty = as(person('dutyOfficer'));
const ID = {
	west: '00000000-0000-4000-8000-0000000000a1',
	east: '00000000-0000-4000-8000-0000000000a2',
	far: '00000000-0000-4000-8000-0000000000a3',
};

/** A square of a hundredth of a degree, the corner at `west`. */
const ground = (west: number): MultiPolygon => ({
	type: 'MultiPolygon',
	coordinates: [
		[
			[
				[west, 30],
				[west + 0.01, 30],
				[west + 0.01, 30.01],
				[west, 30.01],
				[west, 30],
			],
		],
	],
});

onBoth('balancing grids', (database) => {
	const db = () => database().ingest;
	const grids = async () => (await gridsView(db(), SYSTEM, TODAY)).grids;
	const gridOf = async (code: string) => (await grids()).find((one) => one.code === code)!;
	const sites = async () =>
		Object.fromEntries(
			(await gridsView(db(), SYSTEM, TODAY)).sites.map(({ name, id, gridId }) => [name, { id, gridId }]),
		);
	const codes = { west: `${TOWN}000001`, east: `${TOWN}000002`, far: `${TOWN}000003` };

	test('the ground: two grids side by side, a third apart, three sites in the west', async () => {
		await aRegister(db())
			.withTown(TOWN, '城厢街道', [120.01, 30.005])
			.withSite({ name: '西', town: TOWN, at: [120.002, 30.005] })
			.withSite({ name: '中', town: TOWN, at: [120.005, 30.005] })
			.withSite({ name: '东', town: TOWN, at: [120.009, 30.005] })
			.build();
		const { id: source_id } = await db().selectFrom('source').select('id').executeTakeFirstOrThrow();
		for (const [key, west, owner_name] of [
			['west', 120, '甲'],
			['east', 120.01, '乙'],
			['far', 120.03, null],
		] as const)
			await db()
				.insertInto('management_grid')
				.values({
					...{ id: ID[key], code: codes[key], name: key, town_code: TOWN, owner_name, backup_name: null },
					...{ boundary: fromGeoJson(ground(west)), valid_from: '2026-01-01', source_id },
				})
				.execute();
		await db().updateTable('site').set({ grid_id: ID.west }).execute();
		expect(await grids()).toHaveLength(3);
	});

	test('only those who may manage grids do', async () => {
		for (const role of ['supervisor', 'leader'] as const)
			expect(await balanceGrids(db(), as(person(role)), { moves: [], owners: [] })).toMatchObject({
				ok: false,
				reason: 'forbidden',
			});
	});

	test('a site goes to the neighbour with the ground around it; the old grids end and go on under their codes', async () => {
		const before = await gridsView(db(), SYSTEM, TODAY);
		const { 东: east } = await sites();
		const done = await balanceGrids(db(), duty, { moves: [{ siteId: east!.id, toGridId: ID.east }], owners: [] });
		expect(done).toMatchObject({ ok: true, changed: 2 });
		expect(done.ok && done.events.map(({ type }) => type)).toEqual(['grid:changed', 'register:changed']);

		const now = await sites();
		const [west, neighbour] = [await gridOf(codes.west), await gridOf(codes.east)];
		expect(now['东']!.gridId).toBe(neighbour.id);
		expect([now['西']!.gridId, now['中']!.gridId]).toEqual([west.id, west.id]);
		const edge = Math.max(...west.boundary.coordinates.flat(2).map(([lng]) => lng!));
		expect(edge).toBeGreaterThan(120.005);
		expect(edge).toBeLessThan(120.009);

		const old = await db()
			.selectFrom('management_grid')
			.select(['id', 'valid_to', asGeoJson<MultiPolygon>('boundary').as('boundary')])
			.where('id', 'in', [ID.west, ID.east])
			.execute();
		expect(old.map(({ valid_to }) => valid_to)).toEqual(['2026-11-20', '2026-11-20']);
		const load = (view: typeof before, owner: string) => view.loads.find((one) => one.owner === owner)?.load ?? 0;
		const after = await gridsView(db(), SYSTEM, TODAY);
		expect(load(after, '甲')).toBeLessThan(load(before, '甲'));
		expect(load(after, '乙')).toBeGreaterThan(load(before, '乙'));
	});

	test('no ground is lost and none is doubled', async () => {
		const area = (await grids()).map(({ boundary }) => ringArea(boundary)).reduce((sum, one) => sum + one, 0);
		expect(area).toBeCloseTo(3 * 1e-4, 8);
	});

	test('a site over a gap is refused, and nothing at all is changed', async () => {
		const before = await grids();
		const [{ 西: west, 中: middle }, far, neighbour] = [
			await sites(),
			await gridOf(codes.far),
			await gridOf(codes.east),
		];
		const moves = [
			{ siteId: middle!.id, toGridId: neighbour.id },
			{ siteId: west!.id, toGridId: far.id },
		];
		expect(await balanceGrids(db(), duty, { moves, owners: [] })).toMatchObject({
			...{ ok: false, reason: 'not-contiguous', details: [{ siteId: west!.id }] },
		});
		expect(await grids()).toEqual(before);
	});

	test('ground that nobody answers for gets a name; an unknown grid is refused', async () => {
		const far = await gridOf(codes.far);
		expect(far.ownerName).toBeNull();
		const named = { gridId: far.id, ownerName: '丙', backupName: '甲' };
		expect(await balanceGrids(db(), duty, { moves: [], owners: [named] })).toMatchObject({ ok: true, changed: 1 });
		expect(await gridOf(codes.far)).toMatchObject({ ownerName: '丙', backupName: '甲' });
		const unknown = { ...named, gridId: randomUUID() };
		expect(await balanceGrids(db(), duty, { moves: [], owners: [unknown] })).toMatchObject({ reason: 'not-found' });
	});

	test('shows who answered for the ground until when, and from when who does', async () => {
		const view = await gridsView(db(), SYSTEM, TODAY);
		const historyOf = (code: string) => view.grids.find((one) => one.code === code)!.history;
		expect(historyOf(codes.far)).toEqual([
			{ from: '2026-11-20', to: null, ownerName: '丙' },
			{ from: '2026-01-01', to: '2026-11-20', ownerName: null },
		]);
	});

	test('what is balanced holds today: a grid that is entered for a later day stays as it was entered', async () => {
		const LATER = '2026-12-01';
		const [west, neighbour] = [await gridOf(codes.west), await gridOf(codes.east)];
		const { 中: middle } = await sites();
		await db().updateTable('management_grid').set({ valid_to: LATER }).where('id', '=', west.id).execute();
		const { id: source_id } = await db().selectFrom('source').select('id').executeTakeFirstOrThrow();
		const next = { id: randomUUID(), code: codes.west, name: 'west', town_code: TOWN, source_id };
		await db()
			.insertInto('management_grid')
			.values({ ...next, owner_name: '丁', boundary: fromGeoJson(ground(120)), valid_from: LATER })
			.execute();
		// The import of then has entered the sites under the grid that is to come.
		await db().updateTable('site').set({ grid_id: next.id }).where('grid_id', '=', west.id).execute();
		expect(await gridOf(codes.west)).toMatchObject({ id: west.id, ownerName: '甲' });
		expect((await sites())['中']!.gridId).toBe(west.id);

		const moves = [{ siteId: middle!.id, toGridId: neighbour.id }];
		expect(await balanceGrids(db(), duty, { moves, owners: [] })).toMatchObject({ ok: true, changed: 2 });
		const now = await gridOf(codes.west);
		expect(now.history[0]).toEqual({ from: TODAY, to: LATER, ownerName: '甲' });
		expect(ringArea(now.boundary)).toBeLessThan(ringArea(west.boundary));
		expect((await sites())['西']!.gridId).toBe(now.id);
		const coming = (await gridsView(db(), SYSTEM, LATER)).grids.find(({ code }) => code === codes.west)!;
		expect([coming.id, coming.ownerName]).toEqual([next.id, '丁']);
		expect(ringArea(coming.boundary)).toBeCloseTo(1e-4, 8);
	});

	test('every balance is in the trail', async () => {
		const rows = await db().selectFrom('audit').select('detail').where('action', '=', 'grid:manage').execute();
		expect(rows.map(({ detail }) => detail)).toEqual([
			{ moves: 1, owners: 0 },
			{ moves: 0, owners: 1 },
			{ moves: 1, owners: 0 },
		]);
	});
});

/** Square degrees, by the shoelace formula; holes count against. */
function ringArea({ coordinates }: MultiPolygon): number {
	return coordinates.reduce(
		(sum, rings) =>
			sum +
			rings.reduce((inner, ring, index) => {
				const twice = ring.slice(1).reduce((total, [x, y], i) => total + ring[i]![0]! * y! - x! * ring[i]![1]!, 0);
				return inner + (index === 0 ? Math.abs(twice) : -Math.abs(twice)) / 2;
			}, 0),
		0,
	);
}
