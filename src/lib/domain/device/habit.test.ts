import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { deviceRules } from '../../../../db/rules/device.ts';
import { freshHabit, isSkewed, learnedIntervalS, noteReport, skewS, type Habit } from './habit.ts';

const rules = deviceRules.habit;
const start = Date.UTC(2026, 10, 20);

/** Reports so many times, `everyS` apart, and goes on from there. */
function report(habit: Habit, times: number, everyS: number, delayMs = 200): void {
	for (let i = 0; i < times; i++) {
		const atMs = (Number.isNaN(habit.lastMs) ? start : habit.lastMs) + everyS * 1000;
		noteReport(habit, rules, atMs, atMs + delayMs);
	}
}

describe('the interval learned of a device', () => {
	test('is unknown at first', () => {
		expect(learnedIntervalS(freshHabit(), rules, 60)).toBeUndefined();
	});

	test('grows to what is usual where the register says less', () => {
		const habit = freshHabit();
		report(habit, 50, 60);
		const learned = learnedIntervalS(habit, rules, 30)!;
		expect(learned).toBeGreaterThanOrEqual(60);
		expect(learned).toBeLessThanOrEqual(75);
	});

	test('does not shrink before a night and a day were watched: a crane at rest speaks less often', () => {
		const habit = freshHabit();
		report(habit, 8640, 5);
		expect(learnedIntervalS(habit, rules, 60)).toBeUndefined();
		report(habit, 1000, 60);
		expect(learnedIntervalS(habit, rules, 60)!).toBeGreaterThanOrEqual(60);
	});

	test('is not spoilt by outages', () => {
		const habit = freshHabit();
		for (let day = 0; day < 3; day++) {
			report(habit, 1440, 60);
			report(habit, 4, 3600);
		}
		expect(learnedIntervalS(habit, rules, 60)!).toBeLessThanOrEqual(75);
	});

	test('stays within four times the registered one, whatever comes', () => {
		fc.assert(
			fc.property(fc.array(fc.double({ min: 0.001, max: 1e7, noNaN: true }), { maxLength: 200 }), (gaps) => {
				const habit = freshHabit();
				for (const gap of gaps) report(habit, 1, gap);
				const learned = learnedIntervalS(habit, rules, 60);
				expect(learned === undefined || (learned >= 15 && learned <= 240)).toBe(true);
			}),
		);
	});
});

describe('the clock of a device', () => {
	test('that is right is told so although the line is slow now and then', () => {
		const habit = freshHabit();
		for (let i = 0; i < 30; i++) report(habit, 1, 5, i % 3 === 0 ? 200 : 90_000);
		expect(skewS(habit, rules)).toBeCloseTo(-0.2);
		expect(isSkewed(skewS(habit, rules), rules)).toBe(false);
	});

	test.each([
		['ahead', -180_000, 180],
		['behind', 180_000, -180],
	])('that is three minutes %s is told by how much', (_, delayMs, expected) => {
		const habit = freshHabit();
		report(habit, 30, 5, delayMs);
		expect(skewS(habit, rules)).toBeCloseTo(expected);
		expect(isSkewed(skewS(habit, rules), rules)).toBe(true);
	});

	test('says nothing before twenty readings', () => {
		const habit = freshHabit();
		report(habit, 19, 5);
		expect(skewS(habit, rules)).toBeUndefined();
	});
});
