import { describe, expect, test } from 'vitest';
import { moved, type LngLat } from '#lib/domain/geo.ts';
import { seeded } from '#lib/domain/random.ts';
import { anemometer, atHeight, windField, type Front } from './wind.ts';

const START = Date.UTC(2026, 10, 20);
const here: LngLat = [120.3, 30.15];
const minutes = (count: number) => Array.from({ length: count }, (_, minute) => START + minute * 60_000);

describe('wind', () => {
	test('changes slowly and stays below the warning of level 6 at the jib on an ordinary day', () => {
		const field = windField(seeded(1), () => []);
		const means = minutes(1440).map((time) => atHeight(field.meanMs(here, time), 80));
		expect(Math.max(...means)).toBeLessThan(10.8);
		expect(Math.max(...means) - Math.min(...means)).toBeGreaterThan(1);
		for (const [index, mean] of means.slice(1).entries()) expect(Math.abs(mean - means[index]!)).toBeLessThan(0.6);
	});

	test('is stronger higher up', () => {
		expect(atHeight(5, 100)).toBeGreaterThan(atHeight(5, 40));
		expect(atHeight(5, 4)).toBe(5);
	});

	test('a front brings a gale to the towns it passes, one after the other, and spares the others', () => {
		const front: Front = {
			startsAt: START,
			from: here,
			bearingDeg: 90,
			speedMs: 8,
			reachM: 2600,
			windMs: 9,
			lastsS: 1560,
		};
		const field = windField(seeded(1), () => [front]);
		const calm = windField(seeded(1), () => []);
		const gain = (at: LngLat, minute: number) =>
			field.meanMs(at, START + minute * 60_000) - calm.meanMs(at, START + minute * 60_000);
		const east = moved(here, 90, 8 * 60 * 15);
		expect(gain(here, 3)).toBeGreaterThan(6);
		expect(gain(here, 15)).toBeLessThan(1);
		expect(gain(east, 3)).toBeLessThan(1);
		expect(gain(east, 15)).toBeGreaterThan(6);
		expect(gain(moved(here, 180, 9000), 3)).toBeLessThan(0.1);
		expect(gain(here, 40)).toBe(0);
	});

	test('gusts swing around the mean and are never negative', () => {
		const read = anemometer(seeded(2));
		const speeds = Array.from({ length: 5000 }, () => read(8, 5));
		const mean = speeds.reduce((sum, speed) => sum + speed, 0) / speeds.length;
		expect(mean).toBeCloseTo(8, 0);
		expect(Math.max(...speeds)).toBeGreaterThan(10);
		expect(Math.min(...speeds)).toBeGreaterThanOrEqual(0);
	});
});
