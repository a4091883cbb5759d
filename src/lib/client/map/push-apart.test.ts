import { describe, expect, test } from 'vitest';
import { pushedApart } from './push-apart.ts';

const ZOOM = 10;
/** Degrees of longitude that one pixel is wide at that zoom. */
const PIXEL = 360 / (512 * 2 ** ZOOM);
const disc = (xPx: number, radiusPx: number) => ({ at: [120 + xPx * PIXEL, 30] as [number, number], radiusPx });
const xOf = ([lng]: [number, number]) => (lng - 120) / PIXEL;

describe('discs on the map', () => {
	test('that have room stay where they are', () => {
		const discs = [disc(0, 20), disc(60, 20)];
		const places = pushedApart(discs, ZOOM, 1);
		places.forEach((place, i) => expect(xOf(place)).toBeCloseTo(xOf(discs[i]!.at), 6));
	});

	test('that overlap are parted, the smaller one farther', () => {
		const [large, small] = pushedApart([disc(0, 30), disc(20, 10)], ZOOM, 1).map(xOf);
		expect(small! - large!).toBeGreaterThanOrEqual(42);
		expect(Math.abs(large!)).toBeLessThan(Math.abs(small! - 20));
	});

	test('on one spot are parted as well', () => {
		const [a, b] = pushedApart([disc(0, 10), disc(0, 10)], ZOOM, 1).map(xOf);
		expect(Math.abs(b! - a!)).toBeGreaterThanOrEqual(22);
	});

	test('a whole crowd has no two that touch, on a wall with larger symbols either', () => {
		const crowd = Array.from({ length: 24 }, (_, i) => ({
			at: [120 + (i % 6) * 40 * PIXEL, 30 + Math.floor(i / 6) * 40 * PIXEL] as [number, number],
			radiusPx: 14 + (i % 4) * 7,
		}));
		const places = pushedApart(crowd, ZOOM, 1.3);
		const cos = Math.cos((30 * Math.PI) / 180);
		for (let i = 0; i < crowd.length; i++)
			for (let j = i + 1; j < crowd.length; j++) {
				const [a, b] = [places[i]!, places[j]!];
				const away = Math.hypot(a[0] - b[0], (a[1] - b[1]) / cos) / PIXEL;
				expect(away).toBeGreaterThan((crowd[i]!.radiusPx + crowd[j]!.radiusPx) * 1.3 - 0.5);
			}
	});
});
