import { describe, expect, test } from 'vitest';
import type { Device, Surroundings } from './device.ts';
import { dustStation } from './dust-station.ts';
import { hoist } from './hoist.ts';
import { pitSensor } from './pit-sensor.ts';

const START = Date.UTC(2026, 10, 20, 1, 0, 0);
const HOUR_MS = 3_600_000;
const calm: Surroundings = { windMs: () => 3, windTowardsDeg: () => 90, isWorking: () => true, isStopped: () => false };

function heard(device: Device, hours: number) {
	const said: ({ at: number } & Record<string, number>)[] = [];
	while (device.nextAt < START + hours * HOUR_MS) {
		const at = device.nextAt;
		said.push({ at, ...(device.speak() as Record<string, number>) });
	}
	return said;
}

describe('a hoist', () => {
	const facts = { id: 'SC-0001', siteId: 's', at: [120.3, 30.2] as [number, number], heightM: 60 };

	test('goes up and down, never overloaded, never with more than nine people', () => {
		const said = heard(hoist('seed', facts, START, calm), 3);
		expect(Math.max(...said.map((report) => report.heightM!))).toBeGreaterThan(30);
		expect(said.some((report) => report.heightM === 0)).toBe(true);
		for (const { loadPercent, persons, heightM } of said) {
			expect(loadPercent).toBeLessThan(90);
			expect(persons).toBeLessThanOrEqual(9);
			expect(heightM).toBeLessThanOrEqual(60);
		}
	});

	test('climbs no faster than 36 m a minute', () => {
		const said = heard(hoist('seed', facts, START, calm), 2);
		for (const [index, report] of said.slice(1).entries()) {
			const before = said[index]!;
			expect(Math.abs(report.heightM! - before.heightM!)).toBeLessThanOrEqual(
				(0.6 * (report.at - before.at)) / 1000 + 0.11,
			);
		}
	});

	test('stands empty and speaks once a minute when nobody works', () => {
		const said = heard(hoist('seed', facts, START, { ...calm, isWorking: () => false, isStopped: () => false }), 1);
		expect(said.length).toBeLessThan(65);
		expect(said.every(({ persons, loadPercent }) => persons === 0 && loadPercent === 0)).toBe(true);
	});
});

describe('a pit sensor', () => {
	const none = () => undefined;
	const sensor = (code: string, startMs = START, creep: Parameters<typeof pitSensor>[3] = none) =>
		pitSensor('seed', { id: `JK-${code}`, code, intervalS: 300 }, startMs, creep);

	test('speaks within half a minute of the start and then every five minutes', () => {
		const said = heard(sensor('S01'), 3);
		expect(said[0]!.at - START).toBeLessThan(30_000);
		const gaps = said.slice(2).map((report, index) => report.at - said[index + 1]!.at);
		expect(new Set(gaps)).toEqual(new Set([300_000]));
		expect(said[1]!.at - said[0]!.at).toBeLessThan(2 * 300_000);
	});

	test.each([
		['S01', 'cumulativeMm'],
		['CX02', 'cumulativeMm'],
		['SW01', 'levelM'],
		['ZL03', 'forceKn'],
	])('%s measures %s', (code, quantity) => {
		expect(Object.keys(sensor(code).speak()!)).toEqual([quantity]);
	});

	test('goes on where it was after a restart', () => {
		const before = heard(sensor('S01'), 2).at(-1)!.cumulativeMm!;
		const after = sensor('S01', START + 2 * HOUR_MS).speak()!.cumulativeMm as number;
		expect(Math.abs(after - before)).toBeLessThan(0.3);
	});

	test('moves less than a fifth of a millimetre a day, but for what the script adds', () => {
		const said = heard(sensor('S01'), 48);
		expect(Math.abs(said.at(-1)!.cumulativeMm! - said[0]!.cumulativeMm!)).toBeLessThan(0.6);
		const creeping = heard(
			sensor('S01', START, (timeMs) => ({ mm: (timeMs - START) / 60_000, everyS: 60 })),
			0.5,
		);
		expect(creeping.length).toBeGreaterThan(25);
		expect(creeping.at(-1)!.cumulativeMm! - creeping[0]!.cumulativeMm!).toBeGreaterThan(25);
	});
});

test('a dust station speaks once a minute, louder by day', () => {
	const mean = (works: boolean) => {
		const said = heard(dustStation('seed', 'YC-1', 's', START, { ...calm, isWorking: () => works }), 3);
		expect(said).toHaveLength(180);
		return said.reduce((sum, report) => sum + report.noiseDb!, 0) / said.length;
	};
	expect(mean(true)).toBeGreaterThan(mean(false) + 10);
});

test('a district that works around the clock is not one of noise alarms: few sites are above the limit of the night', () => {
	const night = Date.parse('2026-11-20T23:00:00+08:00');
	const loud = Array.from({ length: 540 }, (_, n) => {
		const station = dustStation('seed', `YC-${n}`, 's', night, calm);
		const said = Array.from({ length: 15 }, () => station.speak()!.noiseDb as number);
		return said.reduce((sum, db) => sum + db, 0) / said.length;
	}).filter((meanDb) => meanDb > 55);
	expect(loud.length).toBeGreaterThan(0);
	expect(loud.length).toBeLessThan(20);
});
