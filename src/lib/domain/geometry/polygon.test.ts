import type { MultiPolygon, Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import { faultOf, isInShape } from './polygon.ts';

const shape = (...rings: Position[][]): MultiPolygon => ({ type: 'MultiPolygon', coordinates: [rings] });
const SQUARE: Position[] = [
	[0, 0],
	[10, 0],
	[10, 10],
	[0, 10],
	[0, 0],
];
const HOLE: Position[] = [
	[2, 2],
	[2, 4],
	[4, 4],
	[4, 2],
	[2, 2],
];

describe('a polygon', () => {
	test.each<[string, MultiPolygon, string | undefined]>([
		['is fine when closed and simple', shape(SQUARE), undefined],
		['is fine with a hole inside', shape(SQUARE, HOLE), undefined],
		[
			'is fine with a corner given twice in a row',
			shape([
				[0, 0],
				[10, 0],
				[10, 0],
				[10, 10],
				[0, 0],
			]),
			undefined,
		],
		['is refused without rings', { type: 'MultiPolygon', coordinates: [] }, 'empty'],
		['is refused when its ring is open', shape(SQUARE.slice(0, 4)), 'unclosed'],
		[
			'is refused when it crosses itself',
			shape([
				[0, 0],
				[10, 10],
				[10, 0],
				[0, 10],
				[0, 0],
			]),
			'self-crossing',
		],
		[
			'is refused when it touches itself in a corner',
			shape([
				[0, 0],
				[5, 5],
				[10, 0],
				[10, 10],
				[5, 5],
				[0, 10],
				[0, 0],
			]),
			'self-crossing',
		],
		[
			'is refused when it runs back over itself',
			shape([
				[0, 0],
				[10, 0],
				[10, 10],
				[20, 10],
				[10, 10],
				[0, 10],
				[0, 0],
			]),
			'self-crossing',
		],
		[
			'is refused with fewer than three corners',
			shape([
				[0, 0],
				[1, 1],
				[0, 0],
			]),
			'too-few-corners',
		],
		[
			'is refused when all corners lie on a line, because its edges lie on each other',
			shape([
				[0, 0],
				[1, 1],
				[2, 2],
				[0, 0],
			]),
			'self-crossing',
		],
		[
			'is refused with a corner that is not a number',
			shape([
				[0, 0],
				[Number.NaN, 0],
				[1, 1],
				[0, 0],
			]),
			'not-finite',
		],
		[
			'is refused when a hole lies outside',
			shape(
				SQUARE,
				HOLE.map(([x, y]) => [x! + 20, y!]),
			),
			'hole-outside',
		],
		[
			'is refused when a hole crosses the shell',
			shape(
				SQUARE,
				HOLE.map(([x, y]) => [x! + 7, y!]),
			),
			'self-crossing',
		],
	])('%s', (_, polygon, fault) => {
		expect(faultOf(polygon, 100)?.fault).toBe(fault);
	});

	test('says where it crosses itself', () => {
		expect(
			faultOf(
				shape([
					[0, 0],
					[10, 10],
					[10, 0],
					[0, 10],
					[0, 0],
				]),
				100,
			),
		).toEqual({ fault: 'self-crossing', at: [5, 5] });
	});

	test('is refused above the number of vertices that may be checked', () => {
		expect(faultOf(shape(SQUARE), 4)).toEqual({ fault: 'too-many-vertices', count: 5 });
	});

	test('does not hold a point in its hole', () => {
		expect(isInShape([3, 3], shape(SQUARE, HOLE))).toBe(false);
		expect(isInShape([6, 6], shape(SQUARE, HOLE))).toBe(true);
	});
});
