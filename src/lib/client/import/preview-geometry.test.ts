import type { Feature } from 'geojson';
import { describe, expect, test } from 'vitest';
import { boundsOfFeatures, middleOf, outlinePath, projection } from './preview-geometry.ts';

const point = (lng: number, lat: number): Feature => ({
	type: 'Feature',
	properties: {},
	geometry: { type: 'Point', coordinates: [lng, lat] },
});
const square: Feature = {
	type: 'Feature',
	properties: {},
	geometry: {
		type: 'Polygon',
		coordinates: [
			[
				[120, 30],
				[120.2, 30],
				[120.2, 30.1],
				[120, 30.1],
				[120, 30],
			],
		],
	},
};

describe('the drawing of a dry run', () => {
	test('bounds hold everything that has a position', () => {
		expect(boundsOfFeatures([point(121, 29), square])).toEqual([120, 29, 121, 30.1]);
		expect(boundsOfFeatures([{ ...square, geometry: null as never }])).toBeNull();
	});

	test('the middle of an area is the middle of its box', () => {
		expect(middleOf(square)?.[0]).toBeCloseTo(120.1);
		expect(middleOf(square)?.[1]).toBeCloseTo(30.05);
	});

	test('north is up and the drawing keeps its margin', () => {
		const project = projection([120, 30, 120.2, 30.1], 900, 380);
		const [, top] = project([120, 30.1]);
		const [, bottom] = project([120, 30]);
		expect(top).toBeLessThan(bottom);
		expect(top).toBeGreaterThanOrEqual(15.9);
		expect(bottom).toBeLessThanOrEqual(364.1);
	});

	test('a single point lies in the middle', () => {
		const [x, y] = projection([120, 30, 120, 30], 900, 380)([120, 30]);
		expect([x, y]).toEqual([450, 190]);
	});

	test('an outline is closed', () => {
		expect(outlinePath(square, projection([120, 30, 120.2, 30.1], 900, 380))).toMatch(/^M[^M]*Z$/);
	});
});
