import { describe, expect, test } from 'vitest';
import { PlainSheet } from '../../../../../bench/flood/plain-sheet.ts';
import { stepped, type Terrain } from './terrain.ts';
import { WaterSheet, type SheetOptions } from './water-sheet.ts';

const G = 9.80665;

/** @param ground - height at a place, metres from the north-west corner */
function terrain(width: number, height: number, cellM: number, ground: (x: number, y: number) => number): Terrain {
	const groundM = new Float32Array(width * height);
	for (let y = 0; y < height; y++)
		for (let x = 0; x < width; x++) groundM[y * width + x] = stepped(ground((x + 0.5) * cellM, (y + 0.5) * cellM));
	return { width, height, cellM, groundM };
}

function flow(sheet: WaterSheet, untilS: number, rainMmH = 0, each?: (sinceS: number) => void): void {
	while (sheet.timeS < untilS - 1e-9) {
		const since = sheet.timeS;
		sheet.step(Math.min(sheet.stableStepS(), untilS - since), rainMmH);
		each?.(since);
	}
}

describe('a lake at rest', () => {
	test('stays at rest over any bed: no flux at all, islands dry', () => {
		const bed = terrain(37, 29, 10, (x, y) => 2 + 1.5 * Math.sin(x / 40) * Math.cos(y / 33));
		const lake = new WaterSheet(bed, { manning: 0.03, edge: 'wall' });
		for (let y = 0; y < 29; y++)
			for (let x = 0; x < 37; x++) lake.pour(x, y, Math.max(0, 2.5 - bed.groundM[y * 37 + x]!));
		const before = lake.depthM.slice();
		for (let i = 0; i < 200; i++) lake.step(lake.stableStepS());
		expect(lake.fluxX.every((q) => q === 0)).toBe(true);
		expect(lake.fluxY.every((q) => q === 0)).toBe(true);
		expect(lake.depthM).toEqual(before);
	});
});

describe('a wave over a horizontal plane', () => {
	// Hunter and others, Advances in Water Resources 28 (2005): h = (7/3 · n² u² · (u t − x))^(3/7); the front runs with
	// the speed u of the water behind it.
	const n = 0.03;
	const u = 0.4;
	const endS = 3600;
	const depthAt = (x: number, t: number) => Math.max(0, (7 / 3) * n * n * u * u * (u * t - x)) ** (3 / 7);

	test.each([
		[10, 0.01],
		[25, 0.02],
		[50, 0.03],
	])('with cells of %d m: front within two cells of 1,440 m, depth within %d of 0.733 m', (cellM, share) => {
		const cells = Math.ceil(2000 / cellM);
		const plane = new WaterSheet(
			terrain(cells, 1, cellM, () => 0),
			{ manning: n, edge: 'wall' },
		);
		// The first cell follows the closed form: so the wave is fed.
		const feed = () => plane.pour(0, 0, depthAt(cellM / 2, plane.timeS + 1) - plane.at(0, 0));
		feed();
		flow(plane, endS, 0, feed);
		const wet = Array.from({ length: cells }, (_, x) => x).filter((x) => x > 0 && depthAt((x + 0.5) * cellM, endS) > 0);
		const square = wet.reduce((sum, x) => sum + (plane.at(x, 0) - depthAt((x + 0.5) * cellM, endS)) ** 2, 0);
		expect(Math.sqrt(square / wet.length) / depthAt(0, endS)).toBeLessThan(share);
		const front = Array.from({ length: cells }, (_, x) => plane.at(x, 0) > 0.01).lastIndexOf(true);
		expect(Math.abs((front + 0.5) * cellM - u * endS)).toBeLessThanOrEqual(2 * cellM);
	});
});

describe('rain on a tilted V', () => {
	// Overton and Brakensiek (1970): two planes of 800 m × 1,000 m that fall 5 % to a channel of 20 m that falls 2 %.
	test('10.8 mm/h in the end runs off as 4.86 m³/s, and not a drop is lost', () => {
		const [width, height, cellM] = [81, 50, 20];
		const manning = new Float32Array(width * height).fill(0.015);
		for (let y = 0; y < height; y++) manning[y * width + 40] = 0.15;
		const ground = (x: number, y: number) => 60 + 0.05 * Math.max(0, Math.abs(x - 810) - 10) + 0.02 * (1000 - y);
		const v = new WaterSheet(terrain(width, height, cellM, ground), { manning, edge: 'open' });
		flow(v, 5400, 10.8);
		const { outflowM3, timeS } = v;
		flow(v, 7200, 10.8);
		expect((v.outflowM3 - outflowM3) / (v.timeS - timeS)).toBeCloseTo((10.8 / 3.6e6) * width * height * cellM ** 2, 1);
		expect(Math.abs(v.massError())).toBeLessThan(1e-6);
	});
});

describe('a tilted surface swinging in a paraboloid', () => {
	// Thacker, J. Fluid Mechanics 107 (1981): without friction the surface stays a plane and swings with ω² = 2 g h₀ / a².
	// The local inertial form leaves the advection out, so it is asked for small swings only.
	test('swings with the period of the closed form, within 5 % of its rise', () => {
		const [a, h0, cellM] = [3000, 10, 50];
		const rise = 0.02 * a;
		const cells = 145;
		const middle = (cells * cellM) / 2;
		const omega = Math.sqrt(2 * G * h0) / a;
		const surface = (x: number, t: number) =>
			h0 + ((rise * h0) / a ** 2) * (2 * (x - middle) * Math.cos(omega * t) - rise * Math.cos(omega * t) ** 2);
		const bowl = terrain(cells, cells, cellM, (x, y) => (h0 * ((x - middle) ** 2 + (y - middle) ** 2)) / a ** 2);
		const sheet = new WaterSheet(bowl, { manning: 1e-6, edge: 'wall', longestStepS: 100 });
		for (let y = 0; y < cells; y++)
			for (let x = 0; x < cells; x++)
				sheet.pour(x, y, Math.max(0, surface((x + 0.5) * cellM, 0) - bowl.groundM[y * cells + x]!));
		const [px, py] = [96, 72];
		const swing = ((2 * rise * h0) / a ** 2) * ((px + 0.5) * cellM - middle);
		for (const quarter of [1, 2, 3, 4]) {
			flow(sheet, (quarter * Math.PI) / 2 / omega);
			const stands = sheet.at(px, py) + bowl.groundM[py * cells + px]!;
			expect(Math.abs(stands - surface((px + 0.5) * cellM, sheet.timeS)) / swing).toBeLessThan(0.05);
		}
		expect(Math.abs(sheet.massError())).toBeLessThan(1e-6);
	});
});

describe('a flood over a flat plain', () => {
	// The case of test 4 of the UK Environment Agency's benchmarks (SC120002), as LISFLOOD-FP 8.1 (ACC) computed it:
	// after one hour 0.309 m at 50 m from the inflow, and 10,840 wet cells.
	test('is as deep and as wide as LISFLOOD-FP found, within 2 %', () => {
		const [width, height] = [400, 200];
		const plain = new WaterSheet(
			terrain(width, height, 5, () => 0),
			{ manning: 0.05, edge: 'wall', longestStepS: 10 },
		);
		const inflowM3s = (t: number) => (20 * t) / 3600;
		const pour = (sinceS: number) => {
			const m3 = ((inflowM3s(sinceS) + inflowM3s(plain.timeS)) / 2) * (plain.timeS - sinceS);
			for (let y = 98; y < 102; y++) plain.pour(0, y, m3 / 4 / 25);
		};
		flow(plain, 3600, 0, pour);
		let wet = 0;
		for (let y = 0; y < height; y++) for (let x = 0; x < width; x++) if (plain.at(x, y) > 0.01) wet++;
		expect(plain.at(10, 100) / 0.309).toBeCloseTo(1, 1);
		expect(Math.abs(plain.at(10, 100) - 0.309) / 0.309).toBeLessThan(0.02);
		expect(Math.abs(wet - 10840) / 10840).toBeLessThan(0.02);
		expect(plain.inflowM3).toBeCloseTo(36_000, 1);
	});
});

describe('whatever the terrain', () => {
	const rough = (seed: number) =>
		terrain(
			61,
			43,
			10,
			(x, y) => 3 * Math.sin(x / 23 + seed) * Math.cos(y / 31) + ((x * 7 + y * 13 + seed * 5) % 11) / 9,
		);
	const open: SheetOptions = { manning: 0.05, edge: 'open' };

	test.each([1, 2, 3])('no depth is negative and no water is lost (terrain %d)', (seed) => {
		const sheet = new WaterSheet(rough(seed), open);
		flow(sheet, 3600, 50);
		expect(sheet.depthM.every((h) => h >= 0)).toBe(true);
		expect(Math.abs(sheet.massError())).toBeLessThan(1e-6);
		expect(sheet.outflowM3).toBeGreaterThan(0);
	});

	test('moves as the same scheme in plain JavaScript does', () => {
		const land = rough(5);
		const sheet = new WaterSheet(land, { manning: 0.05, edge: 'wall' });
		const plain = new PlainSheet(land, 0.05);
		for (let i = 0; i < 400; i++) {
			const dtS = sheet.stableStepS();
			sheet.step(dtS, 60);
			plain.step(dtS, 60);
		}
		let square = 0;
		for (let y = 0; y < 43; y++)
			for (let x = 0; x < 61; x++) square += (sheet.at(x, y) - plain.depthM[y * 61 + x]!) ** 2;
		expect(Math.sqrt(square / (61 * 43))).toBeLessThan(1e-3);
	});

	test('two halves that lend each other their rows move as the whole does', () => {
		const whole = new WaterSheet(rough(4), open);
		const all = rough(4);
		const part = (from: number, to: number): Terrain => ({
			...all,
			height: to - from,
			groundM: all.groundM.slice(from * 61, to * 61),
		});
		const north = new WaterSheet(part(0, 22), { ...open, shared: { south: true } });
		const south = new WaterSheet(part(18, 43), { ...open, shared: { north: true } });
		for (let i = 0; i < 300; i++) {
			const dtS = whole.stableStepS();
			for (const sheet of [whole, north, south]) sheet.step(dtS, 50);
			const [down, up] = [north.lend('south'), south.lend('north')];
			north.borrow('south', up);
			south.borrow('north', down);
		}
		const halves = Float64Array.from({ length: 43 * 61 }, (_, i) => {
			const [x, y] = [i % 61, Math.floor(i / 61)];
			return y < 20 ? north.at(x, y) : south.at(x, y - 18);
		});
		const one = Float64Array.from({ length: 43 * 61 }, (_, i) => whole.at(i % 61, Math.floor(i / 61)));
		expect(halves).toEqual(one);
		expect(north.storedM3() + south.storedM3()).toBeCloseTo(whole.storedM3(), 6);
	});
});
