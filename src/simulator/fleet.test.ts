import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Reading } from '#lib/contract/telemetry.ts';
import { smallBoard } from './board.fixture.ts';
import { startDistrict } from './district.ts';
import type { Fleet } from './fleet.ts';

const START = Date.UTC(2026, 10, 20, 1, 0, 0);
const wish = { seed: 'seed', startMs: START, hours: 'always' as const };
const MINUTE_MS = 60_000;

/** Everything said, asked for second by second, with the second it came out. */
function listen(fleet: Fleet, minutes: number, everyMs = 1000): (Reading & { outAt: number })[] {
	const said: (Reading & { outAt: number })[] = [];
	for (let now = START + everyMs; now <= START + minutes * MINUTE_MS; now += everyMs)
		said.push(...fleet.due(now).map((reading) => ({ ...reading, outAt: now })));
	return said;
}

describe('the district', () => {
	test('with 620 cranes, 410 hoists and 540 sites makes about 230 readings a second', () => {
		const board = smallBoard(540, 1);
		board.machines.features = board.machines.features.filter(
			({ properties }, index) => properties.kind === 'towerCrane' || index < 820,
		);
		board.machines.features.push(
			...smallBoard(80, 2).machines.features.filter(({ properties }) => properties.deviceId! > 'TC-0079'),
		);
		const fleet = startDistrict(board, wish);
		fleet.due(START + 10 * MINUTE_MS);
		const count = fleet.due(START + 13 * MINUTE_MS).length;
		expect(fleet.size).toBeGreaterThan(1400);
		expect(count / 180).toBeGreaterThan(195);
		expect(count / 180).toBeLessThan(255);
	});

	test('says the same for the same seed and start, however often it is asked', () => {
		const hash = (said: Reading[]) =>
			createHash('sha256')
				.update(
					said
						.map(({ device, at, seq, values }) => JSON.stringify({ device, at, seq, values }))
						.sort()
						.join('\n'),
				)
				.digest('hex');
		const often = hash(listen(startDistrict(smallBoard(20, 1), wish), 30));
		expect(hash(listen(startDistrict(smallBoard(20, 1), wish), 30, 9000))).toBe(often);
		expect(hash(listen(startDistrict(smallBoard(20, 1), { ...wish, seed: 'other' }), 30))).not.toBe(often);
	});

	test('rests at night by Shanghai hours', () => {
		const night = { ...wish, startMs: Date.parse('2026-11-20T03:00:00+08:00'), hours: 'shanghai' as const };
		const fleet = startDistrict(smallBoard(50, 1), night);
		fleet.due(night.startMs + 10 * MINUTE_MS);
		const perSecond = fleet.due(night.startMs + 20 * MINUTE_MS).length / 600;
		// 100 machines and 50 dust stations, each once a minute.
		expect(perSecond).toBeGreaterThan(2);
		expect(perSecond).toBeLessThan(3.2);
	});

	test('a stopped site does not work', () => {
		const board = smallBoard(1, 1);
		board.sites.features[0]!.properties.state = 'stopped';
		const said = listen(startDistrict(board, wish), 30).filter(({ device }) => device === 'TC-0001');
		expect(
			said.every(
				({ values }) => typeof values.loadT !== 'number' || values.loadT < 0.01 || Number(values.momentPercent) >= 70,
			),
		).toBe(true);
		expect(said.length).toBeLessThan(60);
	});

	test('six neighbouring sites lose their power together in the second hour, and nobody else', () => {
		const fleet = startDistrict(smallBoard(40, 1), wish);
		fleet.due(START + 106 * MINUTE_MS);
		const said = fleet.due(START + 112 * MINUTE_MS);
		const heard = new Set(said.map(({ device }) => device));
		const silent = Array.from({ length: 40 }, (_, site) => String(site + 1).padStart(4, '0')).filter(
			(no) => !heard.has(`TC-${no}`) && !heard.has(`SC-${no}`),
		);
		expect(silent).toHaveLength(6);
		for (const no of silent)
			expect(heard.has(`YC-3301092026010${String(Number(no) - 1).padStart(4, '0')}1`)).toBe(false);
		fleet.due(START + 113 * MINUTE_MS);
		const after = new Set(fleet.due(START + 115 * MINUTE_MS).map(({ device }) => device));
		for (const no of silent) expect(after.has(`TC-${no}`)).toBe(true);
	});

	test('speaks for no device outside the demonstration', () => {
		const board = smallBoard(2, 1);
		board.machines.features[0]!.properties.deviceId = 'HZ-REAL-77';
		const devices = new Set(listen(startDistrict(board, wish), 3).map(({ device }) => device));
		expect(devices.has('HZ-REAL-77')).toBe(false);
		expect(devices.has('SC-0001')).toBe(true);
	});

	test('a device that was retired is silent', () => {
		const fleet = startDistrict(smallBoard(2, 1), wish);
		fleet.retire('TC-0001');
		expect(listen(fleet, 5).some(({ device }) => device === 'TC-0001')).toBe(false);
	});

	test('after a long sleep of the machine it does not invent what lies between', () => {
		const fleet = startDistrict(smallBoard(20, 1), wish);
		fleet.due(START + MINUTE_MS);
		const woken = START + 8 * 60 * MINUTE_MS;
		fleet.skipTo(woken);
		for (const { at } of fleet.due(woken + 5000)) expect(Date.parse(at)).toBeGreaterThanOrEqual(woken);
	});
});

describe('the scripted hour', () => {
	const said = listen(startDistrict(smallBoard(60, 1), wish), 60);
	const minuteOf = (reading: Reading) => (Date.parse(reading.at) - START) / MINUTE_MS;
	const numbers = (name: string) => said.filter(({ values }) => typeof values[name] === 'number');

	test('an overload in minutes 2 and 33, at one crane each', () => {
		const over = numbers('momentPercent').filter(
			({ values }) => Number(values.momentPercent) > 100 && Number(values.momentPercent) < 200,
		);
		expect(new Set(over.map(({ device }) => device)).size).toBe(2);
		expect(new Set(over.map((reading) => Math.floor(minuteOf(reading))))).toEqual(new Set([2, 33]));
	});

	test('a gale at some cranes, not at all of them', () => {
		const blown = new Set(
			numbers('windMs')
				.filter(
					({ device, values }) => device.startsWith('TC') && Number(values.windMs) > 13 && Number(values.windMs) < 75,
				)
				.map(({ device }) => device),
		);
		expect(blown.size).toBeGreaterThan(0);
		expect(blown.size).toBeLessThan(50);
	});

	test('welding machines say that they begin, go on and end; the box of one dies while it welds', () => {
		const words = (id: string) =>
			said.filter(({ device }) => device === id).map((reading) => [minuteOf(reading), reading.values.welding] as const);
		const all = ['HJ-0001', 'HJ-0002', 'HJ-0003', 'HJ-0004'].map(words).filter((told) => told.length > 0);
		expect(all.length).toBeGreaterThanOrEqual(2);
		const dies = all.filter((told) =>
			told.some(([minute, welding], i) => welding === true && (told[i + 1]?.[0] ?? 60) - minute > 20),
		);
		expect(dies).toHaveLength(1);
		expect(all.some((told) => told.at(-1)![1] === false)).toBe(true);
	});

	test('cameras say that they are there, and see a bare head, an intruder and smoke', () => {
		const seen = said.filter(({ values }) => values.aiEvent !== undefined);
		expect(seen.map((reading) => [Math.floor(minuteOf(reading)), reading.values.aiEvent])).toEqual([
			[11, 'noHelmet'],
			[24, 'intrusion'],
			[38, 'smoke'],
		]);
		expect(new Set(seen.map(({ device }) => device)).size).toBe(3);
		expect(said.filter(({ values }) => values.online === true).length).toBeGreaterThan(40);
	});

	test('the wall sensors of one pit creep beyond any design value and stay there', () => {
		const heard = (id: string) =>
			said.filter(({ device }) => device === id).map(({ values }) => Number(values.cumulativeMm));
		for (const creeping of [heard('JK-0001'), heard('JK-0002')]) {
			expect(creeping[0]).toBeLessThan(15);
			expect(creeping.at(-1)).toBeGreaterThan(50);
		}
		expect(Math.max(...heard('JK-0005'))).toBeLessThan(16);
	});

	test('a crane falls silent for eight minutes and comes back', () => {
		const gaps = new Map<string, number>();
		const last = new Map<string, number>();
		for (const reading of said.filter(({ device }) => device.startsWith('TC'))) {
			const gap = minuteOf(reading) - (last.get(reading.device) ?? 0);
			gaps.set(reading.device, Math.max(gaps.get(reading.device) ?? 0, gap));
			last.set(reading.device, minuteOf(reading));
		}
		const silent = [...gaps].filter(([, gap]) => gap > 7.5);
		expect(silent).toHaveLength(1);
		expect(last.get(silent[0]![0])).toBeGreaterThan(55);
	});

	test('some readings come twice, some late, some from a clock three minutes fast, some garbled', () => {
		const keys = said.map(({ device, at, seq }) => `${device} ${at} ${seq}`);
		expect(keys.length - new Set(keys).size).toBeGreaterThan(10);
		const lateS = said.map((reading) => (reading.outAt - Date.parse(reading.at)) / 1000);
		expect(lateS.filter((seconds) => seconds > 60).length).toBeGreaterThan(10);
		expect(lateS.filter((seconds) => seconds < -170 && seconds > -190).length).toBeGreaterThan(30);
		expect(said.some(({ values }) => Object.values(values).includes('NaN'))).toBe(true);
		expect(said.some(({ values }) => Object.values(values).includes(65535))).toBe(true);
	});

	test('sequence numbers of a device grow', () => {
		const last = new Map<string, number>();
		const keys = new Set<string>();
		const backwards: string[] = [];
		for (const { device, seq, at } of said.toSorted((a, b) => a.outAt - b.outAt || a.seq! - b.seq!)) {
			if (keys.has(`${device} ${at} ${seq}`)) continue;
			keys.add(`${device} ${at} ${seq}`);
			if (seq! <= (last.get(device) ?? 0)) backwards.push(`${device} ${at}`);
			last.set(device, seq!);
		}
		expect(backwards).toEqual([]);
	});
});
