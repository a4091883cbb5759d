import fc from 'fast-check';
import type { Geometry, MultiPolygon, Polygon, Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import { checkGeometry } from './check-geometry.ts';

const square = (x: number, y: number, size: number): Position[] => [
	[x, y],
	[x + size, y],
	[x + size, y + size],
	[x, y + size],
	[x, y],
];
const polygon = (...coordinates: Position[][]): Polygon => ({ type: 'Polygon', coordinates });
const parts = (...coordinates: Position[][][]): MultiPolygon => ({ type: 'MultiPolygon', coordinates });

describe('may be stored', () => {
	test.each<[string, Geometry]>([
		['a point', { type: 'Point', coordinates: [120.2, 30.2] }],
		[
			'a line',
			{
				type: 'LineString',
				coordinates: [
					[0, 0],
					[1, 1],
				],
			},
		],
		[
			'a line that crosses itself',
			{
				type: 'LineString',
				coordinates: [
					[0, 0],
					[2, 2],
					[2, 0],
					[0, 2],
				],
			},
		],
		['a square', polygon(square(0, 0, 1))],
		['a square drawn the other way round', polygon(square(0, 0, 1).reverse())],
		[
			'a square with a corner given twice',
			polygon([
				[0, 0],
				[1, 0],
				[1, 0],
				[1, 1],
				[0, 1],
				[0, 0],
			]),
		],
		[
			'a square with a corner on a straight edge',
			polygon([
				[0, 0],
				[0.5, 0],
				[1, 0],
				[1, 1],
				[0, 1],
				[0, 0],
			]),
		],
		['a square with a courtyard', polygon(square(0, 0, 3), square(1, 1, 1))],
		[
			'a courtyard that touches the edge in one point',
			polygon(square(0, 0, 3), [
				[0, 1],
				[1, 1.5],
				[1, 0.5],
				[0, 1],
			]),
		],
		['two courtyards that touch in one point', polygon(square(0, 0, 5), square(1, 1, 1), square(2, 2, 1))],
		['two parts apart', parts([square(0, 0, 1)], [square(2, 0, 1)])],
		['two parts that touch in a corner', parts([square(0, 0, 1)], [square(1, 1, 1)])],
		['an island in the lake of another part', parts([square(0, 0, 5), square(1, 1, 3)], [square(2, 2, 1)])],
	])('%s', (_, geometry) => {
		expect(checkGeometry(geometry)).toEqual({ ok: true });
	});
});

describe('is refused, with the place', () => {
	test.each<[string, Geometry, string, Position | null]>([
		['a polygon without rings', polygon(), 'empty', null],
		['a multipolygon without parts', parts(), 'empty', null],
		['a collection', { type: 'GeometryCollection', geometries: [] }, 'kind', null],
		['a position with a height', { type: 'Point', coordinates: [1, 2, 3] }, 'position', null],
		['a position with one number', { type: 'Point', coordinates: [1] }, 'position', null],
		['what is not a number', { type: 'Point', coordinates: [Number.NaN, 1] }, 'not-finite', null],
		['a longitude beyond 180', { type: 'Point', coordinates: [180.1, 1] }, 'out-of-range', [180.1, 1]],
		[
			'latitude and longitude of Xiaoshan swapped',
			{ type: 'Point', coordinates: [30.2, 120.2] },
			'out-of-range',
			[30.2, 120.2],
		],
		[
			'a line of one place',
			{
				type: 'LineString',
				coordinates: [
					[1, 1],
					[1, 1],
				],
			},
			'too-few-corners',
			[1, 1],
		],
		['a ring that is not closed', polygon(square(0, 0, 1).slice(0, 4)), 'not-closed', [0, 1]],
		[
			'a ring of two corners',
			polygon([
				[0, 0],
				[1, 1],
				[0, 0],
			]),
			'too-few-corners',
			[0, 0],
		],
		[
			'a ring on one line',
			polygon([
				[0, 0],
				[1, 1],
				[2, 2],
				[0, 0],
			]),
			'too-few-corners',
			[0, 0],
		],
		[
			'a bow tie',
			polygon([
				[0, 0],
				[1, 1],
				[1, 0],
				[0, 1],
				[0, 0],
			]),
			'self-crossing',
			[0.5, 0.5],
		],
		[
			'a ring that touches itself in a corner',
			polygon([
				[0, 0],
				[2, 0],
				[1, 1],
				[2, 2],
				[0, 2],
				[1, 1],
				[0, 0],
			]),
			'self-crossing',
			[1, 1],
		],
		[
			'a spike',
			polygon([
				[0, 0],
				[2, 0],
				[2, 2],
				[2, 5],
				[2, 2],
				[0, 2],
				[0, 0],
			]),
			'self-crossing',
			[2, 2],
		],
		['a courtyard across the edge', polygon(square(0, 0, 3), square(2, 1, 3)), 'rings-cross', null],
		['a courtyard that shares an edge', polygon(square(0, 0, 3), square(0, 1, 1)), 'rings-cross', null],
		['a courtyard outside', polygon(square(0, 0, 1), square(2, 2, 1)), 'hole-outside', [2, 2]],
		['a courtyard in a courtyard', polygon(square(0, 0, 9), square(1, 1, 6), square(2, 2, 1)), 'overlap', null],
		['parts that cross', parts([square(0, 0, 2)], [square(1, 1, 2)]), 'rings-cross', null],
		['a part inside another', parts([square(0, 0, 5)], [square(1, 1, 1)]), 'overlap', [1, 1]],
		['the same part twice', parts([square(0, 0, 1)], [square(0, 0, 1)]), 'rings-cross', null],
		[
			'parts that cross in corners only',
			parts(
				[square(0, 0, 2)],
				[
					[
						[3, 1.5],
						[2, 2],
						[1, 1.5],
						[2, 1],
						[3, 1.5],
					],
				],
			),
			'overlap',
			null,
		],
		[
			'a courtyard that cuts across a notch from touch to touch',
			polygon(
				[
					[0, 0],
					[4, 0],
					[4, 4],
					[3, 4],
					[2, 2],
					[1, 4],
					[0, 4],
					[0, 0],
				],
				[
					[1, 4],
					[3, 4],
					[2, 1],
					[1, 4],
				],
			),
			'hole-outside',
			[2, 4],
		],
	])('%s', (_, geometry, reason, at) => {
		expect(checkGeometry(geometry)).toMatchObject({ ok: false, reason, ...(at ? { at } : {}) });
	});
});

test('a crossing smaller than a millimetre is seen', () => {
	const e = 1e-9;
	const result = checkGeometry(
		polygon([
			[120, 30],
			[120.001, 30],
			[120.001, 30.001],
			[120.0005, 30 - e],
			[120, 30.001],
			[120, 30],
		]),
	);
	expect(result).toMatchObject({ ok: false, reason: 'self-crossing' });
});

const around = (radii: number[]): Position[] => {
	const corners = radii.map((radius, i): Position => {
		const angle = (i / radii.length) * 2 * Math.PI;
		return [120 + radius * Math.cos(angle), 30 + radius * Math.sin(angle)];
	});
	return [...corners, corners[0]!];
};

test('any ring around a middle is fine', () => {
	const radii = fc.array(fc.double({ min: 0.2, max: 1, noNaN: true }), { minLength: 3, maxLength: 60 });
	fc.assert(
		fc.property(radii, (some) => {
			expect(checkGeometry(polygon(around(some)))).toEqual({ ok: true });
		}),
	);
});

test('a circle is crossed as soon as two of its corners change places', () => {
	const three = fc
		.tuple(fc.integer({ min: 6, max: 60 }), fc.nat(), fc.nat())
		.map(([n, i, j]) => ({ n, i: i % n, j: j % n }));
	fc.assert(
		fc.property(three, ({ n, i, j }) => {
			fc.pre(i !== j);
			const corners = around(Array.from({ length: n }, () => 1)).slice(0, n);
			[corners[i], corners[j]] = [corners[j]!, corners[i]!];
			expect(checkGeometry(polygon([...corners, corners[0]!]))).toMatchObject({ ok: false, reason: 'self-crossing' });
		}),
	);
});

test('a ring of 200,000 corners is judged too', () => {
	const corners = Array.from({ length: 200_000 }, (_, i): Position => {
		const angle = (i / 200_000) * 2 * Math.PI;
		return [120 + Math.cos(angle) * (1 + (i % 2) * 1e-4), 30 + Math.sin(angle)];
	});
	corners.push(corners[0]!);
	expect(checkGeometry(polygon(corners))).toEqual({ ok: true });
});
