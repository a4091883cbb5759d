import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { machineRules } from '../../../../db/rules/machine.ts';
import { windByWork } from '../../../../db/rules/weather.ts';
import { moved, type LngLat } from '../geo.ts';
import { stoppedBy } from '../weather/wind-work.ts';
import { dueState, nextTestOn } from './due.ts';
import { canMeet, clearanceM, mustGiveWay, standsTooNear, type CranePlace, type CranePose } from './jib-clearance.ts';
import { LearnedBaseline, leanOf } from './tilt-baseline.ts';

const HERE: LngLat = [120.27, 30.17];
const crane = (eastM: number, heightM: number, jibM = 50): CranePlace => ({
	at: moved(HERE, 90, eastM),
	jibM,
	counterJibM: 12,
	heightM,
});
const pose = (slewDeg: number, radiusM = 30, hookM = 40): CranePose => ({ slewDeg, radiusM, hookM });
const rules = machineRules.clearance;

describe('two cranes', () => {
	test.each<[string, CranePlace, CranePlace, string[]]>([
		['stand well with jibs that do not reach each other', crane(0, 40), crane(120, 40), []],
		['stand well when the lower jib ends two metres before the other mast', crane(0, 40), crane(52.1, 50), []],
		['stand too near when the lower jib reaches the other mast', crane(0, 40), crane(51, 50), ['tip']],
		[
			'stand too near when overlapping jibs lie less than two metres apart in height',
			crane(0, 40),
			crane(80, 41.9),
			['gap'],
		],
		['are judged by the jib of the lower one', crane(0, 50, 90), crane(80, 40, 30), []],
	])('%s', (_, a, b, expected) => {
		expect(standsTooNear(a, b, rules)).toEqual(expected);
		expect(standsTooNear(b, a, rules)).toEqual(expected);
	});

	test('are no pair when they cannot reach each other', () => {
		expect(canMeet(crane(0, 40), crane(111, 40), 10)).toBe(false);
		expect(canMeet(crane(0, 40), crane(109, 40), 10)).toBe(true);
	});
	test('of which the lower one gives way', () => {
		expect(mustGiveWay(crane(0, 40), crane(60, 50))).toBe(true);
		expect(mustGiveWay(crane(0, 50), crane(60, 40))).toBe(false);
	});
});

describe('the distance of a lower jib', () => {
	const low = crane(0, 40);
	const high = crane(60, 60);
	test.each<[string, CranePose, CranePose, number]>([
		['to the other mast, pointing at it', pose(90), pose(90, 30, 5), 10],
		['to the rope that hangs below it', pose(90), pose(270, 20, 40), 0],
		['to the mast, when the hook hangs above it', pose(90), pose(270, 20, 5), 10],
		['pointing away is that of its counter-jib', pose(270), pose(90, 30, 5), 48],
	])('%s', (_, lower, higher, metres) => {
		expect(clearanceM(low, lower, high, higher, rules)).toBeCloseTo(metres, 0);
	});
	test('to the jib of one of equal height', () => {
		const equal = crane(80, 41);
		expect(clearanceM(low, pose(90), equal, pose(270), rules)).toBeCloseTo(0, 2);
		expect(clearanceM(low, pose(0), equal, pose(0), rules)).toBeCloseTo(80, 0);
	});
	test('is not known without the slew angle that decides', () => {
		expect(clearanceM(low, pose(NaN), high, pose(0), rules)).toBeNaN();
		expect(clearanceM(low, pose(90), high, pose(NaN, 20, 40), rules)).toBeNaN();
		expect(clearanceM(low, pose(90), high, pose(NaN, NaN, 5), rules)).toBeCloseTo(10, 0);
	});
	test('does not change when both turn with the ground, nor by whole turns', () => {
		fc.assert(
			fc.property(fc.nat(359), fc.nat(359), (a, b) => {
				const once = clearanceM(low, pose(a), high, pose(b), rules);
				expect(clearanceM(low, pose(a + 360), high, pose(b - 360), rules)).toBeCloseTo(once, 6);
				expect(once).toBeGreaterThanOrEqual(0);
			}),
			{ numRuns: 100, seed: 2 },
		);
	});
});

describe('the lean of a mast', () => {
	const calm = { windMs: 2, momentPercent: 3 };
	const learned = () => {
		const baseline = new LearnedBaseline();
		for (let i = 0; i < machineRules.baseline.samples.value; i++) leanOf(baseline, machineRules.baseline, i, 0.4, calm);
		return baseline;
	};
	let atMs = 1000;
	const lean = (baseline: LearnedBaseline, deg: number, values: Record<string, unknown>) =>
		leanOf(baseline, machineRules.baseline, atMs++, deg, values);

	test('is counted from the vertical until calm readings have taught where it stands', () => {
		expect(lean(new LearnedBaseline(), 0.4, { windMs: 9, momentPercent: 50 })).toBeCloseTo(0.4, 9);
	});
	test('is counted from where it stood in calm', () => {
		expect(lean(learned(), 1.1, { windMs: 9, momentPercent: 80 })).toBeCloseTo(0.7, 9);
		expect(lean(learned(), 0.4, { windMs: 9, momentPercent: 80 })).toBeCloseTo(0, 9);
	});
	test.each([
		['wind', { windMs: 3.1, momentPercent: 3 }],
		['load', { windMs: 2, momentPercent: 11 }],
		['a climb', { ...calm, climbing: true }],
		['a box that does not say its wind', { momentPercent: 3 }],
	])('learns nothing under %s', (_, values) => {
		const baseline = new LearnedBaseline();
		lean(baseline, 0.4, values);
		expect(baseline.samples).toBe(0);
	});
	test('is learned anew after climbing', () => {
		const baseline = learned();
		lean(baseline, 0.4, { ...calm, climbing: true });
		expect(baseline.samples).toBe(0);
	});
	test('is learned anew when a section was added', () => {
		const baseline = learned();
		lean(baseline, 0.4, { ...calm, mastHeightM: 40 });
		lean(baseline, 0.4, { ...calm, mastHeightM: 42.8 });
		expect(baseline.samples).toBe(1);
	});
	test('is learned anew when the mast has grown by a section little by little', () => {
		const baseline = learned();
		for (const mastHeightM of [40, 40.6, 41.2]) lean(baseline, 0.4, { windMs: 9, mastHeightM });
		expect(baseline.samples).toBe(0);
	});
	test('is taught by a reading once, however often it is shown', () => {
		const baseline = new LearnedBaseline();
		for (let i = 0; i < 5; i++) leanOf(baseline, machineRules.baseline, 7, 0.4, calm);
		leanOf(baseline, machineRules.baseline, 6, 0.4, calm);
		expect(baseline.samples).toBe(1);
	});
	test('does not follow a mast that goes on leaning', () => {
		const baseline = learned();
		for (let i = 0; i < 500; i++) lean(baseline, 0.4 + i / 500, calm);
		expect(lean(baseline, 1.4, calm)).toBeCloseTo(1, 6);
	});
	test('of a reading that cannot be believed is not known', () => {
		expect(lean(learned(), NaN, calm)).toBeNaN();
	});
});

describe('work that a wind stops', () => {
	test.each([
		[5.4, []],
		[5.5, ['climbing']],
		[8, ['gondola', 'scaffoldMove', 'climbing']],
		[10.8, ['heightWork', 'gondola', 'scaffoldMove', 'climbing']],
		[12, ['lifting', 'heightWork', 'gondola', 'scaffoldMove', 'climbing']],
		[20, ['lifting', 'heightWork', 'gondola', 'scaffoldMove', 'climbing', 'hoistRunning']],
	])('at a mean of %s m/s', (meanMs, works) => {
		expect(stoppedBy(meanMs, windByWork)).toEqual(works);
	});
	test('is not known without a wind', () => {
		expect(stoppedBy(NaN, windByWork)).toBeUndefined();
	});
});

describe('an inspection', () => {
	const on = new Date('2026-11-20');
	const state = (testedOn: string | null) =>
		dueState(nextTestOn(testedOn === null ? null : new Date(testedOn), machineRules.due), machineRules.due.soon, on)
			.state;
	test.each([
		['of last month is in order', '2026-10-20', 'inOrder'],
		['of a year ago less two weeks falls due soon', '2025-12-04', 'soon'],
		['is in order on the day it falls due, announced', '2025-11-20', 'soon'],
		['of a year and a day ago is overdue', '2025-11-19', 'overdue'],
		['nobody wrote down is not known', null, 'unknown'],
	] as const)('%s', (_, testedOn, expected) => {
		expect(state(testedOn)).toBe(expected);
	});
});
