import { describe, expect, test } from 'vitest';
import {
	age,
	clockTime,
	day,
	floorArea,
	number,
	ownHalf,
	shiftTime,
	shortTime,
	span,
	stopwatch,
	withUnit,
} from './format.ts';

describe('times are those of Shanghai', () => {
	test('a clock time, whatever the zone of the browser', () => {
		expect(clockTime('2026-11-20T16:05:09Z')).toBe('00:05:09');
	});

	test('a short time names the day only when it is another one', () => {
		const now = new Date('2026-11-21T02:00:00Z');
		expect(shortTime('2026-11-20T16:05:00Z', now)).toBe('00:05');
		expect(shortTime('2026-11-20T15:59:00Z', now)).toBe('11/20 23:59');
	});

	test.each([
		['2026-11-21T00:00:00Z', '2026-11-21T12:00:00Z', '11/21 08:00 – 20:00'],
		['2026-11-21T12:00:00Z', '2026-11-22T00:00:00Z', '11/21 20:00 – 11/22 08:00'],
	])('a shift always names its day: %s to %s', (from, to, text) => {
		expect(shiftTime(from, to)).toBe(text);
	});

	test('a moment belongs to the day it is in Shanghai', () => {
		expect(day('2026-11-20T16:00:00Z')).toBe('2026-11-21');
		expect(day('2026-11-20')).toBe('2026-11-20');
	});
});

describe('ages', () => {
	test.each([
		[0, '0 秒前'],
		[59.9, '59 秒前'],
		[60, '1 分钟前'],
		[3600, '1 小时前'],
		[172_800, '2 天前'],
		[-3, '0 秒前'],
	])('%s s is %s', (seconds, text) => {
		expect(age(seconds)).toBe(text);
	});

	test('a span has no direction', () => {
		expect(span(125)).toBe('2 分钟');
	});

	test.each([
		[5, '00:05'],
		[252, '04:12'],
		[3852, '1:04:12'],
	])('%s s run as %s', (seconds, text) => {
		expect(stopwatch(seconds)).toBe(text);
	});
});

describe('values', () => {
	test.each([
		[12.345, 'm/s', '12.3 m/s'],
		[3.14159, 'mm', '3.14 mm'],
		[104, '%', '104%'],
		[104.6, '%', '105%'],
		[7, '', '7'],
	])('%s %s is written %s', (value, unit, text) => {
		expect(withUnit(value, unit)).toBe(text);
	});

	test('floor area is in units of ten thousand', () => {
		expect(floorArea(123_400)).toBe('12.3 万m²');
		expect(floorArea(8_000)).toBe('8,000 m²');
	});

	test('digits are kept when asked for', () => {
		expect(number(1071)).toBe('1,071');
		expect(number(2, 1)).toBe('2.0');
	});
});

describe('what the server says in both languages', () => {
	test.each([
		['时间不能在将来 · The moment must not lie in the future.', '时间不能在将来'],
		['设备未登记 · “X-1” is not in the register.', '设备未登记'],
		['瓜沥镇 · 北干街道', '瓜沥镇 · 北干街道'],
		['风速 · 2 · 3', '风速 · 2 · 3'],
		['HTTP 503', 'HTTP 503'],
	])('%s is shown as %s', (text, shown) => {
		expect(ownHalf(text)).toBe(shown);
	});
});
