// What judging costs: microseconds per reading per rule, beside the bare parse of the same readings from JSON, which any
// program has to pay before it can judge anything. And what a whole crane costs with all its rules.

import { alarmRules, measureRules } from '../db/rules/alarm.ts';
import { seeded } from '../src/lib/domain/random.ts';
import { observe, watch, type Watch, type WatchRules } from '../src/lib/domain/alarm/watch.ts';
import { median, type BenchResult, type BenchRow } from './result.ts';

const READINGS = 100_000;
const STEP_MS = 5000;
/** A rule may cost as much as reading the bytes it judges. */
const LIMIT = 1;

interface Reading {
	atMs: number;
	values: Record<string, number | boolean>;
}

export function run({ seconds }: { seconds: number }): Promise<BenchResult> {
	const texts = invented();
	const rows: BenchRow[] = [];
	const each: [string, WatchRules][] = [
		['load moment: two limits, deadband, delays', alarmRules.towerCrane.moment],
		['wind: two-minute mean', alarmRules.towerCrane.wind],
		['tilt against a baseline', alarmRules.towerCrane.tilt],
		['wind while climbing', alarmRules.towerCrane.climbing],
		['load or people', alarmRules.hoist.load],
		['dust: quarter-hour mean', alarmRules.site.dust],
		['noise at night: hours of the day', alarmRules.site.noiseNight],
		['pit displacement: percent of a limit, confirmed', alarmRules.monitorPoint.cumulative],
		['pit rate: over a day, three in a row', alarmRules.monitorPoint.rate],
	];
	for (const [what, rules] of each) rows.push(measure(what, [rules], texts, seconds / (each.length + 1)));
	const crane = [alarmRules.towerCrane.moment, alarmRules.towerCrane.wind, alarmRules.towerCrane.tilt];
	rows.push(measure('a crane with its three rules, per rule', crane, texts, seconds / (each.length + 1)));
	return Promise.resolve({ name: 'rules', rows });
}

function measure(what: string, rules: readonly WatchRules[], texts: readonly string[], seconds: number): BenchRow {
	const parses: number[] = [];
	const judges: number[] = [];
	const until = performance.now() + seconds * 1000;
	do {
		const beforeParse = cpuUs();
		const readings = texts.map((text) => JSON.parse(text) as Reading);
		parses.push((cpuUs() - beforeParse) / texts.length);
		const watches = rules.map((rule) => watch(rule, 30, 'mm'));
		const beforeJudge = cpuUs();
		judgeAll(watches, readings);
		judges.push((cpuUs() - beforeJudge) / texts.length / rules.length);
	} while (performance.now() < until);
	const [ours, beside] = [median(judges), median(parses)];
	return {
		what,
		ours: `${ours.toFixed(3)} µs`,
		beside: `bare JSON.parse ${beside.toFixed(3)} µs`,
		ratio: ours / beside,
		limit: LIMIT,
		ok: ours / beside <= LIMIT,
	};
}

function judgeAll(watches: readonly Watch[], readings: readonly Reading[]): void {
	for (const { atMs, values } of readings) for (const watched of watches) observe(watched, measureRules, atMs, values);
}

function invented(): string[] {
	const random = seeded('bench/rules');
	return Array.from({ length: READINGS }, (_, i) => {
		const near = random.chance(0.02);
		const reading: Reading = {
			atMs: Date.UTC(2026, 10, 20) + i * STEP_MS,
			values: {
				momentPercent: near ? random.between(85, 105) : random.between(5, 80),
				windMs: random.between(2, 9),
				tiltDeg: random.between(0.05, 0.3),
				slewDeg: random.between(0, 360),
				climbing: i % 1000 < 100,
				loadPercent: random.between(0, near ? 102 : 80),
				personsPercent: random.between(0, 90),
				pm10: random.between(30, 140),
				noiseDb: random.between(40, 60),
				cumulativeMm: 10 + Math.sin(i / 3000) + random.between(0, 0.1),
			},
		};
		return JSON.stringify(reading);
	});
}

function cpuUs(): number {
	const { user, system } = process.cpuUsage();
	return user + system;
}
