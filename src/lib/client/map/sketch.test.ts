import { expect, test } from 'vitest';
import { Sketch } from './sketch.svelte.ts';

const CORNERS = [
	[120.27, 30.16],
	[120.28, 30.16],
	[120.28, 30.17],
	[120.27, 30.17],
] as [number, number][];

function drawn(corners: number): Sketch {
	const sketch = new Sketch();
	sketch.take('area');
	for (const corner of CORNERS.slice(0, corners)) sketch.add(corner);
	return sketch;
}

test.each([
	[0, false],
	[2, false],
	[3, true],
	[4, true],
])('an outline of %i corners can be ended: %s', (corners, isClosable) => {
	const sketch = drawn(corners);
	expect(sketch.isClosable).toBe(isClosable);
	sketch.finish();
	expect(sketch.isFinished).toBe(isClosable);
	expect(sketch.tool).toBe(isClosable ? null : 'area');
});

test('the second click of a double click is no corner', () => {
	const sketch = drawn(3);
	sketch.add([CORNERS[2]![0] + 1e-6, CORNERS[2]![1]]);
	sketch.finish();
	expect(sketch.corners).toEqual(CORNERS.slice(0, 3));
});

test('one corner back, and the next one takes its place', () => {
	const sketch = drawn(3);
	sketch.dropCorner();
	expect(sketch.isClosable).toBe(false);
	sketch.add(CORNERS[3]!);
	expect(sketch.corners).toEqual([CORNERS[0], CORNERS[1], CORNERS[3]]);
});

test('what is put away was not ended, however many corners it had', () => {
	const sketch = drawn(4);
	sketch.take(null);
	expect(sketch.isFinished).toBe(false);
});
