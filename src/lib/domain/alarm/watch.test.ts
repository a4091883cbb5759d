import { describe, expect, test } from 'vitest';
import { alarmRules, measureRules } from '../../../../db/rules/alarm.ts';
import { deviceLevel, groupLevel } from './device-level.ts';
import { resumed, wait } from './condition.ts';
import { observe, shown, silence, watch, type Watch } from './watch.ts';

const HOUR = 3_600_000;

/** Feeds readings of one quantity, one every `everyMs`, and tells what became of the alarm. */
function feed(watched: Watch, values: readonly unknown[], everyMs: number, fromMs = 0): string[] {
	const { quantity } = watched.rules;
	return values.flatMap((value, i) => {
		const change = observe(watched, measureRules, fromMs + i * everyMs, { [quantity]: value });
		return change ? [`${change} ${watched.state.open?.level ?? ''}`.trim()] : [];
	});
}
const many = <T>(count: number, value: T): T[] => Array.from({ length: count }, () => value);

describe('a tower crane', () => {
	test.each([
		['at 89.9 % of its moment is calm', [89.9, 89.9], []],
		['at 90 % warns', [90, 90], ['raised warning']],
		['at 100 % is in danger', [100, 100], ['raised danger']],
		['between 90 and 95 % stays at its warning', [92, 92, 86, 86, 86, 86, 86, 86, 86, 86], ['raised warning']],
	])('%s', (_, values, expected) => {
		expect(feed(watch(alarmRules.towerCrane.moment), values, 5000)).toEqual(expected);
	});

	test('in a gust of 20 m/s raises nothing', () => {
		const speeds = many(60, 7);
		speeds[30] = 20;
		expect(feed(watch(alarmRules.towerCrane.wind), speeds, 5000)).toEqual([]);
	});

	test('in a mean of 11 m/s warns after a minute of it, at 12 m/s must stop', () => {
		expect(feed(watch(alarmRules.towerCrane.wind), many(40, 11), 5000)).toEqual(['raised warning']);
		expect(feed(watch(alarmRules.towerCrane.wind), many(40, 12), 5000)).toEqual(['raised danger']);
	});

	test('leaning either way by a degree is in danger', () => {
		expect(feed(watch(alarmRules.towerCrane.tilt), many(4, -1.0), 5000)).toEqual(['raised danger']);
	});
});

describe('a pit point', () => {
	const point = () => watch(alarmRules.monitorPoint.cumulative, 30, 'mm');

	test('warns at the second reading above 85 % of the designer’s value', () => {
		const watched = point();
		expect(feed(watched, [25.6, 25.7], HOUR)).toEqual(['raised warning']);
		expect(shown(watched, watched.state.open!.peak)).toBeCloseTo(25.7, 6);
		expect(watched.unit).toBe('mm');
	});

	test('stays open when it calms down, until a person has seen it', () => {
		const watched = point();
		expect(feed(watched, [31, 31, 5, 5, 5], HOUR)).toEqual(['raised danger']);
		watched.state.open!.isAcknowledged = true;
		expect(feed(watched, [5], HOUR, 6 * HOUR)).toEqual(['cleared']);
	});

	test('that moves at 75 % of the designer’s rate warns the third time', () => {
		const watched = watch(alarmRules.monitorPoint.rate, 4, 'mm/d');
		const values = Array.from({ length: 9 }, (_, i) => (i * 3) / 4);
		expect(feed(watched, values.slice(0, 3), 6 * HOUR)).toEqual([]);
		expect(feed(watched, values.slice(3), 6 * HOUR, 18 * HOUR)).toEqual(['raised warning']);
	});

	test('that moves at the designer’s rate is reported at once', () => {
		expect(feed(watch(alarmRules.monitorPoint.rate, 4, 'mm/d'), [0, 1.1], 6 * HOUR)).toEqual(['raised danger']);
	});
});

describe('the level of a device', () => {
	const fresh = (values: readonly unknown[]) => {
		const watched = watch(alarmRules.towerCrane.moment);
		feed(watched, values, 5000);
		return [watched];
	};

	test.each([
		['is normal on a fresh, calm value', 'fresh', false, fresh([40]), 0, 'normal'],
		['is its gravest open alarm', 'fresh', false, fresh([104, 104]), 0, 'danger'],
		['is unknown when it is late, alarm or not', 'late', false, fresh([104, 104]), 0, 'unknown'],
		['is unknown when it never reported', 'never-reported', false, [], 0, 'unknown'],
		['is off when silence is planned', 'offline', true, fresh([40]), 0, 'off'],
		['is judged on a stopped site as long as it reports', 'fresh', true, fresh([40]), 0, 'normal'],
		['is unknown when the value cannot be true', 'fresh', false, fresh([40, 999]), 0, 'unknown'],
		['is unknown when the value is no number', 'fresh', false, fresh([40, 'overload']), 0, 'unknown'],
		['is unknown when what it used to report is missing', 'fresh', false, fresh([40]), 1, 'unknown'],
		['stays in danger when the next value cannot be true', 'fresh', false, fresh([104, 104, -40]), 0, 'danger'],
		['is unknown when nothing of it is judged', 'fresh', false, [], 0, 'unknown'],
	] as const)('%s', (_, presence, isPlanned, watches, knownAfterMs, level) => {
		expect(deviceLevel(presence, isPlanned, watches, knownAfterMs)).toBe(level);
	});

	test.each([
		['is the gravest of what is watched', ['normal', 'warning', 'off'], false, 'warning'],
		['is unknown when one of them is silent', ['normal', 'unknown'], false, 'unknown'],
		['is unknown without a single device', [], false, 'unknown'],
		['is off without a device on a stopped site', [], true, 'off'],
		['is off when all are off', ['off', 'off'], true, 'off'],
	] as const)('of a site %s', (_, levels, isPlanned, level) => {
		expect(groupLevel(levels, isPlanned)).toBe(level);
	});
});

describe('what a box itself says is on', () => {
	const SECOND = 1000;
	const hear = (watched: Watch, alarms: readonly (string | undefined)[], everyMs = 5 * SECOND) =>
		alarms.flatMap((said, i) => {
			const change = observe(watched, measureRules, i * everyMs, said === undefined ? {} : { alarms: said });
			return change ? [`${change} ${watched.state.open?.level ?? ''}`.trim()] : [];
		});

	test.each([
		[
			'a collision of its crane warns the second time it is said',
			['', 'collisionLeft', 'collision,moment'],
			['raised warning'],
		],
		['a jib that only passes is nothing', ['', 'collision', '', 'collision', ''], []],
		['other things it says are measured, or no alarm', ['wind,moment', 'limitUp', 'limitUp'], []],
		[
			'a frame without its alarms neither begins nor ends one',
			['collision', undefined, 'collision'],
			['raised warning'],
		],
	] as const)('%s', (_, said, expected) => {
		expect(hear(watch(alarmRules.towerCrane.collision), said)).toEqual(expected);
	});
	test('it is over a minute after the box says so', () => {
		const said = ['collision', 'collision', ...many(14, '')];
		expect(hear(watch(alarmRules.towerCrane.collision), said)).toEqual(['raised warning', 'cleared']);
	});
	test('a call for help is danger at once and stays until somebody has taken it', () => {
		const watched = watch(alarmRules.tracker.sos);
		expect(hear(watched, ['', 'emergency,bit24', '', '', ''])).toEqual(['raised danger']);
		watched.state.open!.isAcknowledged = true;
		expect(observe(watched, measureRules, HOUR, { alarms: '' })).toBe('cleared');
	});
	test('it is heard in the second of another report too', () => {
		expect(hear(watch(alarmRules.tracker.sos), ['', 'emergency'], 0)).toEqual(['raised danger']);
	});
});

describe('what a camera sees', () => {
	const see = (watched: Watch, atMs: number, aiEvent: string, confidence?: number) =>
		observe(watched, measureRules, atMs, { aiEvent, ...(confidence !== undefined && { confidence }) });

	test.each([
		['smoke it is sure of is danger at once', 'smoke', 0.93, 'raised'],
		['smoke told in percent too', 'smoke', 93, 'raised'],
		['smoke it says nothing more about counts as sure', 'smoke', undefined, 'raised'],
		['smoke it hardly believes is nothing', 'smoke', 0.59, undefined],
		['something else is no fire', 'noHelmet', 0.99, undefined],
	])('%s', (_, event, confidence, expected) => {
		const watched = watch(alarmRules.camera.fire);
		expect(see(watched, 0, event, confidence)).toBe(expected);
	});

	test('is over ten minutes after it was seen last, and each time seen counts', () => {
		const watched = watch(alarmRules.camera.intrusion);
		const { by } = watched.rules;
		expect(see(watched, 0, 'intrusion', 0.9)).toBe('raised');
		expect(wait(watched.state, by, 599_000)).toBeUndefined();
		see(watched, 599_000, 'intrusion', 0.95);
		expect(watched.state.open).toMatchObject({ count: 2, peak: 95 });
		expect(wait(watched.state, by, 1_198_000)).toBeUndefined();
		expect(wait(watched.state, by, 1_199_000)).toBe('cleared');
	});

	test('shown once more after a start counts no second time', () => {
		const watched = watch(alarmRules.camera.intrusion);
		const open = { level: 'warning', raisedMs: 0, lastMs: 5000, peak: 95, count: 2, isAcknowledged: false } as const;
		watched.state = resumed(watched.rules.by, open);
		see(watched, 5000, 'intrusion', 0.95);
		expect(watched.state.open).toMatchObject({ count: 2 });
		see(watched, 6000, 'intrusion', 0.95);
		expect(watched.state.open).toMatchObject({ count: 3 });
	});

	test('is over then although the camera fell silent', () => {
		const watched = watch(alarmRules.camera.intrusion);
		see(watched, 0, 'intrusion', 0.9);
		silence(watched);
		expect(wait(watched.state, watched.rules.by, 600_000)).toBe('cleared');
	});

	test('once a fire, it waits for a person', () => {
		const watched = watch(alarmRules.camera.fire);
		see(watched, 0, 'fire');
		expect(wait(watched.state, watched.rules.by, HOUR)).toBeUndefined();
		watched.state.open!.isAcknowledged = true;
		expect(wait(watched.state, watched.rules.by, HOUR + 1)).toBe('cleared');
	});
});
