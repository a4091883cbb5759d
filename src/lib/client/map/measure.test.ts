import { describe, expect, test } from 'vitest';
import { areaM2, areaText, lengthText, measured } from './measure.ts';

const square: [number, number][] = [
	[120, 30],
	[120.01, 30],
	[120.01, 30.01],
	[120, 30.01],
];

describe('measuring', () => {
	test('a hundredth of a degree square at 30° north is 1.07 km²', () => {
		expect(areaM2(square) / 1e6).toBeCloseTo(1.0708, 2);
		expect(areaM2([...square].reverse())).toBeCloseTo(areaM2(square), 3);
	});

	test('a line is as long as its legs, an area as its whole edge', () => {
		const line = measured('distance', square, true);
		const around = measured('area', square, true);
		expect(line.lengthM / 1000).toBeCloseTo(0.963 + 1.112 + 0.963, 2);
		expect(around.lengthM - line.lengthM).toBeCloseTo(1112, 0);
		expect(line.areaM2).toBeUndefined();
	});

	test('two corners are no area yet', () => {
		expect(measured('area', square.slice(0, 2), false).areaM2).toBeUndefined();
	});

	test.each([
		[4.2, '4.2 m'],
		[840.4, '840 m'],
		[1240, '1.24 km'],
		[28_400, '28.4 km'],
	])('%d m reads %s', (meters, text) => {
		expect(lengthText(meters)).toBe(text);
	});

	test.each([
		[12_345.6, '12,346 m²'],
		[2_340_000, '2.34 km²'],
	])('%d m² reads %s', (squareMeters, text) => {
		expect(areaText(squareMeters)).toBe(text);
	});
});
