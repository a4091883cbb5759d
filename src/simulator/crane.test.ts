import { describe, expect, test } from 'vitest';
import { seeded } from '#lib/domain/random.ts';
import { planLift, poseAt, HOIST, SLEW, TROLLEY } from './crane-cycle.ts';
import { crane } from './crane.ts';
import type { Surroundings } from './device.ts';

const START = Date.UTC(2026, 10, 20, 1, 0, 0);
const facts = { id: 'TC-0001', siteId: 's', at: [120.3, 30.2] as [number, number], jibM: 55, heightM: 60 };
const calm: Surroundings = { windMs: () => 3, windTowardsDeg: () => 90, isWorking: () => true, isStopped: () => false };

/** What a crane says for a number of hours, with the time of each report. */
function heard(world: Surroundings, hours: number, overload: (timeMs: number) => number | undefined = () => undefined) {
	const device = crane('seed', facts, START, world, overload);
	const said: ({ at: number } & Record<string, number>)[] = [];
	while (device.nextAt < START + hours * 3_600_000) {
		const at = device.nextAt;
		said.push({ at, ...(device.speak() as Record<string, number>) });
	}
	return said;
}

describe('one lift', () => {
	test('moves no faster than slewing gear, trolley and winch can, for every load and place', () => {
		const impossible: unknown[] = [];
		for (let seed = 0; seed < 40; seed++) {
			const random = seeded(seed);
			const lift = planLift(
				random,
				{ jibM: 60, heightM: 80, ratedMomentKnm: 1000 },
				{ slewDeg: 10, radiusM: 20, hookM: 40 },
				70,
			);
			let before = poseAt(lift, 0);
			for (let second = 0.5; second <= lift.lastsS; second += 0.5) {
				const now = poseAt(lift, second);
				const isPossible =
					Math.abs(now.slewDeg - before.slewDeg) <= SLEW.speed * 0.5 + 1e-6 &&
					Math.abs(now.radiusM - before.radiusM) <= TROLLEY.speed * 0.5 + 1e-6 &&
					Math.abs(now.hookM - before.hookM) <= HOIST.speed * 0.5 + 1e-6 &&
					now.radiusM <= 60 &&
					now.hookM <= 80;
				if (!isPossible) impossible.push({ seed, second, before, now });
				before = now;
			}
		}
		expect(impossible).toEqual([]);
	});

	test('carries its load only between the two places, and its moment stays below the planned peak', () => {
		const lift = planLift(
			seeded(1),
			{ jibM: 60, heightM: 80, ratedMomentKnm: 1000 },
			{ slewDeg: 0, radiusM: 20, hookM: 10 },
			70,
		);
		expect(poseAt(lift, 0).loadT).toBe(0);
		expect(poseAt(lift, lift.lastsS).loadT).toBe(0);
		const moments = Array.from({ length: Math.floor(lift.lastsS) }, (_, second) => {
			const { loadT, radiusM } = poseAt(lift, second);
			return (100 * loadT * 9.81 * radiusM) / 1000;
		});
		expect(Math.max(...moments)).toBeCloseTo(70, 0);
	});
});

describe('a crane monitor', () => {
	test('speaks every 5 s at work and every 60 s at rest', () => {
		const said = heard(calm, 8);
		const gaps = new Set(said.slice(1).map((report, index) => report.at - said[index]!.at));
		expect(gaps).toEqual(new Set([5000, 60_000]));
		expect(said.length).toBeGreaterThan(8 * 720 * 0.75);
	});

	test('swings, trolleys and lifts', () => {
		const said = heard(calm, 2);
		const spread = (name: string) =>
			Math.max(...said.map((report) => report[name]!)) - Math.min(...said.map((report) => report[name]!));
		expect(spread('slewDeg')).toBeGreaterThan(120);
		expect(spread('radiusM')).toBeGreaterThan(15);
		expect(spread('hookHeightM')).toBeGreaterThan(20);
		for (const { slewDeg } of said) expect(slewDeg! >= 0 && slewDeg! < 360).toBe(true);
	});

	test('never warns by itself: load moment below 90 %, tilt below 0.5°', () => {
		const said = heard(calm, 8);
		expect(Math.max(...said.map((report) => report.momentPercent!))).toBeLessThan(90);
		expect(Math.max(...said.map((report) => report.tiltDeg!))).toBeLessThan(0.5);
	});

	test('hangs empty and drifts with the wind when nobody works or when it blows too hard', () => {
		for (const world of [
			{ ...calm, isWorking: () => false, isStopped: () => false },
			{ ...calm, windMs: () => 14 },
		]) {
			const said = heard(world, 2);
			expect(said.every(({ momentPercent }) => Math.abs(momentPercent!) < 0.01)).toBe(true);
			expect(Math.abs(said.at(-1)!.slewDeg! - 90)).toBeLessThan(5);
			expect(said.length).toBeLessThan(130);
		}
	});

	test('told to stop in the middle of a lift puts down what hangs within a minute and moves nothing more', () => {
		let loaded = 0;
		for (let minute = 10; minute < 60; minute++) {
			const stopAt = START + minute * 60_000;
			const said = heard({ ...calm, isStopped: (timeMs) => timeMs >= stopAt }, 2);
			const last = said.filter(({ at }) => at < stopAt).at(-1)!;
			if (last.loadT! > 0.2) loaded++;
			const after = said.filter(({ at }) => at >= stopAt + 60_000);
			for (const name of ['hookHeightM', 'radiusM'])
				expect(new Set(after.map((report) => report[name])).size, `${name}, stopped after ${minute} min`).toBe(1);
			expect(Math.max(...after.map(({ momentPercent }) => Math.abs(momentPercent!)))).toBeLessThan(0.01);
		}
		expect(loaded).toBeGreaterThan(5);
	});

	test('shows an overload that the script asks for, with the load that makes it', () => {
		const said = heard(calm, 0.2, (timeMs) => (timeMs > START + 60_000 && timeMs < START + 120_000 ? 106 : undefined));
		const over = said.filter(({ momentPercent }) => momentPercent! > 100);
		expect(over.length).toBeGreaterThan(8);
		for (const { loadT, radiusM, momentPercent } of over)
			expect((100 * loadT! * 9.81 * radiusM!) / 800).toBeCloseTo(momentPercent!, -1);
	});
});
