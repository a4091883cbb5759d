import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alarmRules, measureRules } from '../../../../db/rules/alarm.ts';
import { compare, shanghaiDayOf } from './back-test.ts';
import { inOrder, player, type Occurrence, type StoredReading } from './replay.ts';
import type { Speaker } from './speaker.ts';
import { watch, type WatchRules } from './watch.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

function replayed(
	rules: WatchRules,
	readings: readonly StoredReading[],
	{ silentMs = 2 * MINUTE, endMs = 0, design = 1 } = {},
): Occurrence[] {
	const ids = [...new Set(readings.map(({ id }) => id))];
	const speakers = new Map<string, Speaker>(
		ids.map((id) => [id, { watches: [watch(rules, design)], latest: {}, latestMs: NaN, informs: [] }]),
	);
	const play = player(
		speakers,
		measureRules,
		() => silentMs,
		() => true,
	);
	play.take(readings);
	return play.end(endMs || Math.max(...readings.map(({ atMs }) => atMs)));
}
const moment = (percents: readonly number[], everyMs = 5 * SECOND, id = 'TC-1'): StoredReading[] =>
	percents.map((momentPercent, i) => ({ id, atMs: i * everyMs, values: { momentPercent } }));

describe('stored readings', () => {
	const { moment: rules } = alarmRules.towerCrane;

	test('raise what they would have raised live, with its gravest level and its end', () => {
		const [one, ...others] = replayed(rules, moment([50, 92, 95, 103, 103, 60, 60, 60, 60, 60, 60, 60, 60, 60]));
		expect(others).toEqual([]);
		expect(one).toMatchObject({ id: 'TC-1', condition: 'moment', level: 'danger', raisedMs: 5000, peak: 103 });
		expect(one!.clearedMs).toBeGreaterThanOrEqual(25_000 + 30_000);
	});
	test('that lie minutes apart hold until the next one, as a thinned store tells them', () => {
		const found = replayed(rules, moment([50, 104, 40, 40], 10 * MINUTE), { silentMs: 20 * MINUTE });
		expect(found).toMatchObject([{ level: 'danger', raisedMs: 10 * MINUTE }]);
	});
	test('behind a gap begin anew: silence is neither calm nor danger', () => {
		const readings = [...moment([95]), { id: 'TC-1', atMs: HOUR, values: { momentPercent: 95 } }];
		expect(replayed(rules, readings, { silentMs: 2 * SECOND })).toEqual([]);
	});
	test('of a latched rule count every time, as if each alarm had been acknowledged', () => {
		const mm = [31, 31, 5, 5, 31, 31, 5, 5];
		const readings = mm.map((cumulativeMm, i) => ({ id: 'JK-1', atMs: i * HOUR, values: { cumulativeMm } }));
		const found = replayed(alarmRules.monitorPoint.cumulative, readings, { silentMs: 2 * HOUR, design: 30 });
		expect(found.filter(({ level }) => level === 'danger')).toHaveLength(2);
	});
	test('repeated, shuffled and handed over in any portions give the same alarms once they are in order', () => {
		const value = fc.tuple(
			fc.integer({ min: 1, max: 90 }),
			fc.integer({ min: 40, max: 110 }),
			fc.constantFrom('A', 'B'),
		);
		fc.assert(
			fc.property(fc.array(value, { minLength: 3, maxLength: 60 }), fc.nat(), (steps, salt) => {
				let atMs = 0;
				const ordered = steps.map(([second, momentPercent, id]) => ({
					...{ id, atMs: (atMs += second * SECOND) },
					values: { momentPercent },
				}));
				const mixed = [...ordered, ...ordered.filter((_, i) => (i + salt) % 3 === 0)].sort(
					(a, b) => ((a.atMs * 7919 + salt) % 1009) - ((b.atMs * 7919 + salt) % 1009),
				);
				expect(replayed(rules, inOrder(mixed))).toEqual(replayed(rules, ordered));
			}),
			{ numRuns: 100, seed: 5 },
		);
	});
});

describe('a back-test', () => {
	const DAY = 24 * HOUR;
	const raised = (id: string, day: number, hours = 1, level: Occurrence['level'] = 'warning'): Occurrence => ({
		...{ id, condition: 'wind', level, raisedMs: day * DAY, clearedMs: day * DAY + hours * HOUR, peak: 1 },
	});
	const found = compare(
		[raised('TC-1', 1), raised('TC-2', 1)],
		[raised('TC-1', 1), raised('TC-1', 2), raised('TC-3', 2, 1, 'danger')],
		{
			...{ fromMs: 0, untilMs: 3 * DAY, readings: 9, devices: 4, devicesHeard: 3, isCutShort: false },
			covered: new Set([shanghaiDayOf(DAY), shanghaiDayOf(2 * DAY)]),
		},
	);

	test('tells both totals by level', () => {
		expect(found.today).toEqual({ total: 2, byLevel: { notice: 0, warning: 2, danger: 0 } });
		expect(found.proposed).toEqual({ total: 3, byLevel: { notice: 0, warning: 2, danger: 1 } });
	});
	test('tells every day, also those without readings', () => {
		expect(found.byDay.map(({ today, proposed, isCovered }) => [today, proposed, isCovered])).toEqual([
			[0, 0, false],
			[2, 1, true],
			[0, 2, true],
			[0, 0, false],
		]);
		expect(found.daysCovered).toBe(2);
	});
	test('tells what would be new and what would be gone', () => {
		expect([found.appeared, found.vanished]).toEqual([2, 1]);
	});
	test('puts the devices with most alarms first', () => {
		expect(found.topDevices[0]).toEqual({ id: 'TC-1', today: 1, proposed: 2 });
	});
});
