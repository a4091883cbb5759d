import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hilbertPlace, orderAlongCurve } from './curve.ts';

test('neighbours on the curve are neighbours on the ground', () => {
	const cells: [number, number][] = [];
	for (let x = 0; x < 32; x++) for (let y = 0; y < 32; y++) cells.push([x, y]);
	cells.sort((a, b) => hilbertPlace(...a) - hilbertPlace(...b));
	for (let i = 1; i < cells.length; i++) {
		const [[ax, ay], [bx, by]] = [cells[i - 1]!, cells[i]!];
		expect(Math.abs(ax - bx) + Math.abs(ay - by)).toBe(1);
	}
});

test('every cell has a place of its own, from 0 to the last', () => {
	expect(hilbertPlace(0, 0)).toBe(0);
	expect(hilbertPlace(65_535, 0)).toBe(2 ** 32 - 1);
	const places = new Set<number>();
	for (let x = 0; x < 65_536; x += 4096) for (let y = 0; y < 65_536; y += 4096) places.add(hilbertPlace(x, y));
	expect(places.size).toBe(256);
});

test('an order names every position once', () => {
	const degrees = fc.double({ min: -80, max: 80, noNaN: true });
	fc.assert(
		fc.property(fc.array(degrees, { maxLength: 60 }), (numbers) => {
			const positions = Float64Array.from(numbers.slice(0, numbers.length & ~1));
			const order = [...orderAlongCurve(positions)].sort((a, b) => a - b);
			expect(order).toEqual(Array.from({ length: positions.length / 2 }, (_, i) => i));
		}),
	);
});
