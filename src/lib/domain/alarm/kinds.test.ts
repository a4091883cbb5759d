import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { alarmRules, groupRules, measureRules } from '../../../../db/rules/alarm.ts';
import { anyOf } from './any-of.ts';
import { agreeing } from './at-least.ts';
import { carried, judge, lapse, quiet, type ConditionRules } from './condition.ts';
import { sideVotes } from './groups.ts';
import { isDuring } from './hours.ts';
import { hear, type Speaker } from './speaker.ts';
import { derive, observe, watch, type Watch, type WatchRules } from './watch.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const rule = (value: number, unit = '') => ({ value, unit, source: 'test', confidence: 'assumed' as const });

function play(watched: Watch, readings: readonly Record<string, unknown>[], everyMs: number, fromMs = 0): string[] {
	return readings.flatMap((values, i) => {
		const change = observe(watched, measureRules, fromMs + i * everyMs, values);
		return change ? [`${change} ${watched.state.open?.level ?? ''}`.trim()] : [];
	});
}
const many = (count: number, values: Record<string, unknown>) => Array.from({ length: count }, () => values);

describe('a limit that is undercut', () => {
	const distance: ConditionRules = {
		...alarmRules.towerCrane.jib.by,
		limits: alarmRules.towerCrane.jib.by.limits.map((limit) => ({ ...limit, confirmations: rule(1) })),
	};
	const feed = (metres: readonly number[], everyS = 5) => {
		const state = quiet(distance);
		return metres.flatMap((value, i) => {
			const change = judge(state, distance, i * everyS * SECOND, value);
			return change ? [`${change} ${state.open?.level ?? ''} ${state.open?.peak ?? ''}`.trim()] : [];
		});
	};

	test.each([
		['is calm above ten metres', [10.1, 12], []],
		['is noticed on ten metres', [10], ['raised notice 10']],
		['warns on five', [12, 5], ['raised warning 5']],
		['is danger on two', [2], ['raised danger 2']],
		['keeps the nearest approach as its peak', [9, 1.5, 1.8], ['raised notice 9', 'changed danger 1.5']],
	] as const)('%s', (_, metres, expected) => {
		expect(feed(metres)).toEqual(expected);
	});

	test('is over a minute after the distance has grown beyond limit and deadband', () => {
		expect(feed([9, 11.9, 11.9, 11.9], 60)).toEqual(['raised notice 9']);
		expect(feed([9, 12.1, 12.1, 12.1], 60)).toEqual(['raised notice 9', 'cleared']);
	});
});

describe('a two-sided limit', () => {
	const by: ConditionRules = {
		...alarmRules.towerCrane.moment.by,
		limits: [
			{ level: 'warning', from: rule(90), confirmations: rule(1), until: rule(70) },
			{ level: 'danger', from: rule(100), confirmations: rule(1), until: rule(95) },
		],
		onDelay: rule(0),
		offDelay: rule(0),
	};
	test('goes down to its warning at one value and is over at another', () => {
		const state = quiet(by);
		const seen = [101, 96, 94, 80, 71, 69].map((value, i) => `${judge(state, by, i, value) ?? '-'}`);
		expect(seen).toEqual(['raised', '-', 'changed', '-', '-', 'cleared']);
	});
});

describe('hours of the day', () => {
	const night = { from: rule(22), until: rule(6) };
	test.each([
		['begin at 22:00 in Shanghai', '2026-11-20T14:00:00Z', true],
		['not a moment before', '2026-11-20T13:59:59Z', false],
		['hold after midnight', '2026-11-20T18:00:00Z', true],
		['end at 06:00', '2026-11-20T22:00:00Z', false],
	])('of the night %s', (_, at, expected) => {
		expect(isDuring(night, Date.parse(at))).toBe(expected);
	});
});

describe('noise at the boundary', () => {
	const at = (clock: string) => Date.parse(`2026-11-20T${clock}+08:00`);
	const loud = (dB: number) => many(40, { noiseDb: dB });

	test('of 60 dB is allowed by day and too much at night', () => {
		expect(play(watch(alarmRules.site.noiseDay), loud(60), MINUTE, at('10:00:00'))).toEqual([]);
		expect(play(watch(alarmRules.site.noiseNight), loud(60), MINUTE, at('10:00:00'))).toEqual([]);
		expect(play(watch(alarmRules.site.noiseNight), loud(60), MINUTE, at('23:00:00'))).toEqual(['raised notice']);
	});

	test('of 70 dB is too much by day', () => {
		expect(play(watch(alarmRules.site.noiseDay), loud(70), MINUTE, at('10:00:00'))).toEqual(['raised notice']);
	});

	test('of the night is over when the night is', () => {
		expect(play(watch(alarmRules.site.noiseNight), loud(60), MINUTE, at('05:30:00'))).toEqual([
			'raised notice',
			'cleared',
		]);
	});
});

describe('a station that uploads minutes only', () => {
	const minutes = (span: string, mean: number) => many(30, { span, 'pm10-Avg': mean, 'pm10-Max': mean + 90 });
	test('is judged by its means', () => {
		expect(play(watch(alarmRules.site.dust), minutes('minute', 160), MINUTE)).toEqual(['raised notice']);
		expect(play(watch(alarmRules.site.dust), minutes('minute', 60), MINUTE)).toEqual([]);
	});
	test('is not judged by what an hour or a day was', () => {
		for (const span of ['hour', 'day'])
			expect(play(watch(alarmRules.site.dust), minutes(span, 900), MINUTE)).toEqual([]);
	});
	test('is calm by no mean that it calls bad itself', () => {
		const bad = many(5, { span: 'minute', 'pm10-Avg': NaN });
		const watched = watch(alarmRules.site.dust);
		play(watched, [...many(30, { span: 'minute', 'pm10-Avg': 160 }), ...bad], MINUTE);
		expect([watched.isBad, watched.state.open?.level]).toEqual([true, 'notice']);
	});
});

describe('dust', () => {
	test('of one lorry passing is no alarm, of a quarter of an hour it is', () => {
		const lorry = [...many(20, { pm10: 60 }), ...many(2, { pm10: 600 }), ...many(20, { pm10: 60 })];
		expect(play(watch(alarmRules.site.dust), lorry, MINUTE)).toEqual([]);
		expect(play(watch(alarmRules.site.dust), many(30, { pm10: 160 }), MINUTE)).toEqual(['raised notice']);
	});
});

describe('a climbing crane', () => {
	const windy = (climbing: boolean | undefined) =>
		many(60, { windMs: 6, ...(climbing === undefined ? {} : { climbing }) });
	test('must stop at wind level 4, at which lifting goes on', () => {
		expect(play(watch(alarmRules.towerCrane.climbing), windy(true), 5 * SECOND)).toEqual(['raised danger']);
		expect(play(watch(alarmRules.towerCrane.wind), windy(true), 5 * SECOND)).toEqual([]);
	});
	test('is not judged by it once it stands', () => {
		expect(play(watch(alarmRules.towerCrane.climbing), windy(false), 5 * SECOND)).toEqual([]);
		expect(play(watch(alarmRules.towerCrane.climbing), windy(undefined), 5 * SECOND)).toEqual([]);
		expect(
			play(watch(alarmRules.towerCrane.climbing), [...windy(true), { windMs: 6, climbing: false }], 5 * SECOND),
		).toEqual(['raised danger', 'cleared']);
	});
});

describe('a hoist cage', () => {
	const play2 = (values: Record<string, unknown>) => play(watch(alarmRules.hoist.load), many(3, values), 5 * SECOND);
	test.each([
		['light and half full is calm', { loadPercent: 40, personsPercent: 50 }, []],
		['overloaded is in danger, however few people', { loadPercent: 101, personsPercent: 20 }, ['raised danger']],
		['with too many people is in danger, however light', { loadPercent: 60, personsPercent: 112 }, ['raised danger']],
		['that counts no people is judged by its load', { loadPercent: 92 }, ['raised warning']],
		['whose scale is broken still counts people', { loadPercent: 999, personsPercent: 101 }, ['raised danger']],
	])('%s', (_, values, expected) => {
		expect(play2(values)).toEqual(expected);
	});
	test('whose scale is broken is not called calm', () => {
		const watched = watch(alarmRules.hoist.load);
		play(watched, [{ loadPercent: 999, personsPercent: 20 }], SECOND);
		expect(watched.isBad).toBe(true);
		const parts = alarmRules.hoist.load.parts!;
		expect(anyOf(parts, { loadPercent: 999, personsPercent: 20 }, measureRules.plausible, 90)).toBeNaN();
	});
});

describe('at least two of a side', () => {
	test.each<[string, (boolean | undefined)[], number]>([
		['that agree are two', [true, true, false], 2],
		['of which one agrees are one', [true, false, false], 1],
		['cannot be counted while a silent one could decide', [true, undefined, false], NaN],
		['are counted when a silent one cannot', [undefined, false, false], 0],
		['are counted when enough agree, silent or not', [true, true, undefined], 2],
	])('%s', (_, votes, expected) => {
		expect(agreeing(votes, 2)).toBe(expected);
	});

	/** A side of three points with 30 mm each, and what was told of it. */
	const aSide = () => {
		const members = ['a', 'b', 'c'].map((): Speaker => {
			const watched = watch(alarmRules.monitorPoint.cumulative, 30, 'mm');
			return { watches: [watched], latest: {}, latestMs: NaN, informs: [] };
		});
		const side = watch(alarmRules.monitorPoint.side);
		side.derive = sideVotes(members, groupRules);
		const carrier = members[0]!;
		carrier.watches.push(side);
		for (const member of members) Object.assign(member, { informs: [carrier] });
		const told: string[] = [];
		const say = (point: number, atMs: number, cumulativeMm: number) =>
			hear(members[point]!, measureRules, atMs, { cumulativeMm }, (_, { rules }, change) => {
				if (rules.condition === 'side') told.push(`${change} ${side.state.open?.level}`);
			});
		return { say, told, side };
	};

	test.each([
		['all at one moment', [0, 0, 0]],
		['one after the other', [0, 1, 2]],
		['minutes apart', [0, 9 * MINUTE, 25 * MINUTE]],
		['in another order than they are heard', [2 * MINUTE, MINUTE, 0]],
	])('points past 85 % of their limit warn, three are danger, one alone is neither: %s', (_, apart) => {
		const { say, told } = aSide();
		const round = (at: number, ...mm: number[]) => mm.forEach((value, i) => say(i, at * HOUR + apart[i]!, value));
		round(0, 5, 5, 5);
		round(1, 26, 5, 5);
		round(2, 26, 5, 5);
		expect(told).toEqual([]);
		// A round is one, however many speak of it and of whatever moments: the second time is another round.
		round(3, 26, 26, 5);
		expect(told).toEqual([]);
		round(4, 26, 26, 5);
		expect(told).toEqual(['raised warning']);
		round(5, 26, 26, 26);
		expect(told).toEqual(['raised warning']);
		round(6, 26, 26, 26);
		expect(told).toEqual(['raised warning', 'changed danger']);
	});

	test('two points that agree in one round and not in the next are no alarm', () => {
		const { say, told } = aSide();
		[26, 26, 5].forEach((mm, i) => say(i, HOUR + i * MINUTE, mm));
		say(0, 2 * HOUR, 26);
		say(1, 2 * HOUR + MINUTE, 5);
		say(0, 3 * HOUR, 26);
		expect(told).toEqual([]);
	});

	test('a point that fell silent after it agreed does not keep the others from being heard twice', () => {
		const { say, told } = aSide();
		[26, 5, 26].forEach((mm, i) => say(i, HOUR + i * MINUTE, mm));
		say(0, 2 * HOUR, 26);
		expect(told).toEqual([]);
		say(0, 3 * HOUR, 26);
		expect(told).toEqual(['raised warning']);
	});

	test('repeated and late readings of its points change nothing', () => {
		const stream = fc.array(
			fc.record({
				point: fc.nat({ max: 2 }),
				second: fc.integer({ min: 0, max: 3600 }),
				mm: fc.constantFrom(5, 26, 31),
			}),
			{ minLength: 5, maxLength: 60 },
		);
		fc.assert(
			fc.property(stream, fc.infiniteStream(fc.nat({ max: 4 })), (steps, dice) => {
				let at = 0;
				const readings = steps.map(({ point, second, mm }) => ({ point, at: (at += second * SECOND), mm }));
				const once = aSide();
				for (const { point, at, mm } of readings) once.say(point, at, mm);
				const often = aSide();
				readings.forEach(({ point, at, mm }, i) => {
					often.say(point, at, mm);
					// Not newer than what its point has said: a repetition, or one that was overtaken.
					const again = readings
						.slice(0, i + 1)
						.filter((one) => one.point === point)
						.at(-1 - dice.next().value!);
					if (again) often.say(point, again.at, again.mm);
				});
				expect(often.told).toEqual(once.told);
				const { heard: _, ...state } = often.side.state;
				expect(once.side.state).toMatchObject(state);
			}),
			{ numRuns: 200, seed: 4 },
		);
	});
});

describe('a rule that changes', () => {
	const by = alarmRules.towerCrane.moment.by;
	const stricter: ConditionRules = {
		...by,
		limits: by.limits.map((limit) => ({ ...limit, from: rule(limit.from.value - 20) })),
	};
	test('keeps an open alarm open, and the next reading tells its level', () => {
		const state = quiet(by);
		judge(state, by, 0, 92);
		judge(state, by, 5000, 92);
		expect(state.open?.level).toBe('warning');
		const next = carried(state, stricter);
		expect(next.open).toEqual(state.open);
		judge(next, stricter, 10_000, 92);
		judge(next, stricter, 15_000, 92);
		expect(next.open?.level).toBe('danger');
	});
	test('leaves what is calm calm', () => {
		const state = quiet(by);
		judge(state, by, 0, 40);
		expect(carried(state, stricter).open).toBeNull();
	});
	test('that is switched off ends what it raised, a latched one only when somebody has seen it', () => {
		const state = quiet(by);
		judge(state, by, 0, 101);
		judge(state, by, 5000, 101);
		expect(lapse(state, by, 6000)).toBe('cleared');
		const latched = { ...by, isLatched: true };
		const other = quiet(latched);
		judge(other, latched, 0, 101);
		judge(other, latched, 5000, 101);
		expect(lapse(other, latched, 6000)).toBeUndefined();
		other.open!.isAcknowledged = true;
		expect(lapse(other, latched, 7000)).toBe('cleared');
	});
});

describe('every kind of rule', () => {
	const kinds: [string, WatchRules, (at: number, n: number) => Record<string, unknown>][] = [
		['load moment', alarmRules.towerCrane.moment, (_, n) => ({ momentPercent: n })],
		['wind as a mean', alarmRules.towerCrane.wind, (_, n) => ({ windMs: n / 7 })],
		[
			'tilt against its baseline',
			alarmRules.towerCrane.tilt,
			(_, n) => ({ tiltDeg: n / 80, windMs: 2, momentPercent: n % 9 }),
		],
		['wind for climbing', alarmRules.towerCrane.climbing, (_, n) => ({ windMs: n / 10, climbing: n % 5 > 0 })],
		['load or people', alarmRules.hoist.load, (_, n) => ({ loadPercent: n, personsPercent: 120 - n })],
		['dust', alarmRules.site.dust, (_, n) => ({ pm10: 2 * n })],
		['noise at night', alarmRules.site.noiseNight, (_, n) => ({ noiseDb: n / 2 })],
		['displacement', alarmRules.monitorPoint.cumulative, (_, n) => ({ cumulativeMm: n / 4 })],
		['rate', alarmRules.monitorPoint.rate, (at, n) => ({ cumulativeMm: n / 20 + at / 9e6 })],
	];
	const stream = fc.array(fc.tuple(fc.integer({ min: 1, max: 4000 }), fc.integer({ min: 0, max: 120 })), {
		minLength: 5,
		maxLength: 80,
	});

	test.each(kinds)('%s: repeated and late readings change nothing', (_, rules, valuesAt) => {
		fc.assert(
			fc.property(stream, fc.infiniteStream(fc.nat({ max: 3 })), (steps, dice) => {
				let at = 0;
				const readings = steps.map(([second, n]) => ({ at: (at += second * SECOND), values: valuesAt(at, n) }));
				const once = watch(rules, 25, 'mm');
				const ordered = readings.flatMap(({ at, values }) => observe(once, measureRules, at, values) ?? []);
				const often = watch(rules, 25, 'mm');
				const disturbed = readings.flatMap(({ at, values }, i) => {
					const change = observe(often, measureRules, at, values) ?? [];
					const again = readings[Math.max(0, i - dice.next().value!)]!;
					const late = observe(often, measureRules, again.at, again.values) ?? [];
					return [change, late].flat();
				});
				expect(disturbed).toEqual(ordered);
				expect(often.state).toEqual(once.state);
			}),
			{ numRuns: 60, seed: 4 },
		);
	});

	test('a value that cannot be true neither raises nor clears', () => {
		for (const [, rules] of kinds) {
			const watched = watch(rules, 25, 'mm');
			expect(observe(watched, measureRules, 1, { [rules.quantity]: 1e9 })).toBeUndefined();
			expect(derive(watched, { who: watched, atMs: 2 })).toBeUndefined();
		}
	});
});
