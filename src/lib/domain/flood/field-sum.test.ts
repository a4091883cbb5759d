import { describe, expect, test } from 'vitest';
import { amountOf, fieldsWithin, lastHoursOf, type TimedField } from './field-sum.ts';

const HOUR = 3_600_000;
const noon = Date.parse('2026-07-10T12:00:00+08:00');
const field = (hoursAgo: number, periodH = 1, product = 'radar'): TimedField => ({
	product,
	validAt: new Date(noon - hoursAgo * HOUR).toISOString(),
	periodS: periodH * 3600,
});
const hours = (count: number) => Array.from({ length: count }, (_, ago) => field(ago));
const endsOf = (fields: readonly TimedField[]) => fields.map(({ validAt }) => (noon - Date.parse(validAt)) / HOUR);

describe('hours out of fields', () => {
	test('three hourly fields side by side are three whole hours', () => {
		const { fields, isWhole } = lastHoursOf(hours(30), noon, 3, HOUR);
		expect([endsOf(fields), isWhole]).toEqual([[2, 1, 0], true]);
	});
	test('a missing hour is a gap: what is left is what fell at least', () => {
		const gappy = [...hours(10), ...hours(24).slice(11)];
		const { fields, isWhole } = lastHoursOf(gappy, noon, 24, HOUR);
		expect([fields.length, isWhole]).toEqual([23, false]);
	});
	test('the span ends with the newest field, as a radar is behind', () => {
		expect(lastHoursOf(hours(3), noon + 20 * 60_000, 3, HOUR).isWhole).toBe(true);
		expect(lastHoursOf(hours(3), noon + HOUR, 3, HOUR).isWhole).toBe(true);
	});
	test('fields too old say nothing whole of now', () => {
		const { fields, isWhole } = lastHoursOf(hours(3), noon + 61 * 60_000, 3, HOUR);
		expect([fields.length, isWhole]).toEqual([1, false]);
	});
	test('rolling hours of every ten minutes count each minute once', () => {
		const rolling = Array.from({ length: 19 }, (_, i) => field(i / 6));
		const { fields, isWhole } = lastHoursOf(rolling, noon, 3, HOUR);
		expect([endsOf(fields), isWhole]).toEqual([[2, 1, 0], true]);
	});
	test('a field of three hours is taken for three; one that reaches out of the span is not', () => {
		expect(lastHoursOf([field(0, 3)], noon, 3, HOUR)).toMatchObject({ isWhole: true });
		expect(lastHoursOf([field(0, 24)], noon, 3, HOUR)).toEqual({ fields: [], isWhole: false });
	});
	test('products are not mixed; the one that covers most speaks', () => {
		const two = [field(0, 1, 'thin'), ...[0, 1, 2].map((ago) => field(ago, 1, 'full'))];
		const { fields } = lastHoursOf(two, noon, 3, HOUR);
		expect(fields.map(({ product }) => product)).toEqual(['full', 'full', 'full']);
	});
	test('the coming day is whole with all its hours forecast', () => {
		const ahead = Array.from({ length: 24 }, (_, i) => field(-i - 1));
		expect(fieldsWithin(ahead, noon, noon + 24 * HOUR).isWhole).toBe(true);
		expect(fieldsWithin(ahead.slice(1), noon, noon + 24 * HOUR).isWhole).toBe(false);
	});
});

describe('the rain of a place', () => {
	test.each([
		['is whole where every field knows', [1, 2, 3], true, { mm: 6, isWhole: true }],
		['is what fell at least where a field knows nothing there', [1, NaN, 3], true, { mm: 4, isWhole: false }],
		['is what fell at least where an hour has no field', [0, 0], false, { mm: 0, isWhole: false }],
		['is unknown, not dry, where no field knows', [NaN, NaN], true, null],
		['is unknown, not dry, without fields', [], false, null],
	] as const)('%s', (_, values, isWhole, expected) => {
		expect(amountOf(values, isWhole)).toEqual(expected);
	});
});
