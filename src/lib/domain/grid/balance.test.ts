import { describe, expect, test } from 'vitest';
import { gridRules } from '#db/rules/grid.ts';
import type { LngLat } from '../geo.ts';
import {
	isOnePiece,
	loadsByOwner,
	moveSites,
	neighbours,
	proposeMoves,
	type GridSite,
	type OwnedGrid,
} from './balance.ts';

/** Squares of a hundredth of a degree side by side, from west to east. */
const square = (id: string, column: number, ownerName: string | null): OwnedGrid => {
	const [west, east] = [120 + column * 0.01, 120.01 + column * 0.01].map((lng) => Number(lng.toFixed(5))) as [
		number,
		number,
	];
	const ring = [
		[west, 30],
		[east, 30],
		[east, 30.01],
		[west, 30.01],
		[west, 30],
	];
	return { id, ownerName, boundary: { type: 'MultiPolygon', coordinates: [[ring]] } };
};
const site = (id: string, gridId: string | null, at: LngLat, grade: GridSite['grade'] = 'medium'): GridSite => ({
	id,
	gridId,
	at,
	grade,
});
const grids = [square('a', 0, '甲'), square('b', 1, '乙'), square('c', 3, '丙')];
const sites = [
	site('s1', 'a', [120.002, 30.005], 'high'),
	site('s2', 'a', [120.005, 30.005]),
	site('s3', 'a', [120.009, 30.005]),
	site('s4', 'b', [120.015, 30.005]),
];

describe('handing a site to the neighbouring grid', () => {
	test('moves the ground around it, and both grids stay in one piece', () => {
		const moved = moveSites(grids, sites, [{ siteId: 's3', toGridId: 'b' }], gridRules);
		if (!moved.ok) throw new Error(moved.reason);
		expect(moved.gridOf.get('s3')).toBe('b');
		expect(['a', 'b'].map((id) => isOnePiece(moved.boundaries.get(id)!))).toEqual([true, true]);
		const east = Math.max(
			...moved.boundaries
				.get('a')!
				.coordinates.flat(2)
				.map(([lng]) => lng!),
		);
		expect(east).toBeCloseTo(120.007, 3);
	});

	test.each([
		['over a gap', 's3', 'c', 'not-contiguous'],
		['from the far side, through the others', 's1', 'b', 'not-contiguous'],
		['the last site of a grid with all its ground', 's4', 'a', 'not-contiguous'],
		['that nobody knows', 'x', 'b', 'not-found'],
	])('is refused %s', (_, siteId, toGridId, reason) => {
		expect(moveSites(grids, sites, [{ siteId, toGridId }], gridRules)).toMatchObject({ ok: false, reason });
	});
});

describe('balance', () => {
	test('counts load by owner, the heaviest first; unowned ground is nobody’s', () => {
		const loads = loadsByOwner(
			[...grids, square('d', 5, null)],
			[...sites, site('s5', 'd', [120.055, 30.005])],
			gridRules,
		);
		expect(loads.map(({ owner, sites: count, load }) => [owner, count, load])).toEqual([
			['甲', 3, 6],
			['乙', 1, 1.5],
			['丙', 0, 0],
		]);
	});

	test('knows which grids touch', () => {
		expect(neighbours(grids)).toEqual(
			new Map([
				['a', ['b']],
				['b', ['a']],
				['c', []],
			]),
		);
	});

	test('proposes only moves that even out and leave every grid whole', () => {
		const moves = proposeMoves(grids, sites, gridRules, 5);
		expect(moves).toEqual([{ siteId: 's3', toGridId: 'b' }]);
	});

	test('goes on from what was handed over by hand, and takes none of it back', () => {
		const byHand = [{ siteId: 's3', toGridId: 'b' }];
		expect(proposeMoves(grids, sites, gridRules, 5, byHand).slice(0, 1)).toEqual(byHand);
		expect(proposeMoves(grids, sites, gridRules, 0, byHand)).toEqual(byHand);
	});
});
