import { describe, expect, test } from 'vitest';
import { stormOver } from './pit-flood.ts';
import { cellAt, squareTerrain, type RawTerrain, type Way } from './square-terrain.ts';

const degrees: Way = { toLngLat: (at) => at, fromLngLat: (at) => at };
const raw = (heightM: number[], width: number, more: Partial<RawTerrain> = {}): RawTerrain => ({
	...{ width, height: heightM.length / width, heightM, left: 120, top: 30.2, stepX: 0.001, stepY: 0.001 },
	...more,
});

describe('a terrain of a file', () => {
	test('is drawn in square cells: fewer columns where meridians lie closer', () => {
		const made = squareTerrain(raw(new Array<number>(100 * 100).fill(5), 100), degrees, 1e6);
		if ('tooMany' in made) throw new Error('refused');
		expect([made.width, made.height]).toEqual([100, 116]);
		expect(made.cellM).toBeCloseTo(0.001 * 111_195 * Math.cos((30.15 * Math.PI) / 180), 3);
		expect(made.groundM.every((metres) => metres === 5)).toBe(true);
	});

	test('has no height where one of the four around is unknown, and none is made up', () => {
		const made = squareTerrain(raw([1, 1, 1, 1, NaN, 1, 1, 1, 1], 3), degrees, 1e6);
		if ('tooMany' in made) throw new Error('refused');
		expect([...made.groundM].some(Number.isNaN)).toBe(true);
		expect([...made.groundM].filter((metres) => !Number.isNaN(metres)).every((metres) => metres === 1)).toBe(true);
	});

	test('that is too large says how large, before a cell is made', () => {
		expect(squareTerrain(raw(new Array<number>(10_000).fill(1), 100), degrees, 11_599)).toEqual({ tooMany: 11_600 });
	});

	test('knows in which cell a place lies, and that others lie outside', () => {
		const made = { width: 10, height: 10, bounds: [120, 30, 121, 31] as [number, number, number, number] };
		expect(cellAt(made, [120.05, 30.95])).toBe(0);
		expect(cellAt(made, [120.95, 30.05])).toBe(99);
		expect(cellAt(made, [121.01, 30.5])).toBeUndefined();
	});
});

describe('a storm over pits', () => {
	/** A slope to the east with two pits of the same size; the lower one has a larger catchment. */
	const size = 60;
	const terrain = { width: size, height: size, cellM: 10, groundM: new Float32Array(size * size) };
	const block = (x0: number, y0: number) =>
		Array.from({ length: 9 }, (_, i) => (y0 + Math.floor(i / 3)) * size + x0 + (i % 3));
	const high = { no: 1, cells: block(10, 10) };
	const low = { no: 2, cells: block(45, 40) };
	for (let y = 0; y < size; y++)
		for (let x = 0; x < size; x++)
			terrain.groundM[y * size + x] = 20 - x * 0.05 + Math.abs(y - 41) * 0.03 + (x === size - 1 ? 2 : 0);
	for (const { cells } of [high, low]) for (const cell of cells) terrain.groundM[cell]! -= 3;
	const run = stormOver(terrain, [high, low], { rainMmH: 60, hours: 1, manning: 0.05, wetM: 0.05 });
	const shares: number[] = [];
	while ((shares.at(-1) ?? 0) < 1) shares.push(run.go(50));

	test('tells how far it has come, up to the whole', () => {
		expect(shares.at(-1)).toBe(1);
		expect([...shares].sort((a, b) => a - b)).toEqual(shares);
	});

	test('names every pit with when water comes and how deep it gets', () => {
		const pits = new Map(run.pits().map((pit) => [pit.no, pit]));
		expect(pits.get(2)!.arrivesAtH).toBeGreaterThan(0);
		expect(pits.get(2)!.arrivesAtH).toBeLessThan(1);
		expect(pits.get(2)!.deepestM).toBeGreaterThan(pits.get(1)!.deepestM);
		expect(pits.get(1)!.fillsAtH).toBeLessThanOrEqual(1);
	});

	test('loses and makes no water', () => {
		const { rainM3, storedM3, outflowM3, error } = run.balance();
		expect(rainM3).toBeCloseTo(0.06 * (size * 10) ** 2, 0);
		expect(storedM3 + outflowM3).toBeCloseTo(rainM3, 0);
		expect(Math.abs(error)).toBeLessThanOrEqual(1e-6);
		expect(run.depthM().reduce((sum, depth) => sum + depth, 0) * 100).toBeCloseTo(storedM3, 0);
	});
});
