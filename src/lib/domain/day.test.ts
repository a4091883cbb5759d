import { expect, test } from 'vitest';
import { isDay, momentOfMinute, shanghaiMinute } from './day.ts';

test.each([
	['2026-11-20', true],
	['2028-02-29', true],
	['2026-02-29', false],
	['2026-02-30', false],
	['2026-13-01', false],
	['0000-01-01', false],
	['2026-1-1', false],
	['2026-11-20T00:00:00Z', false],
	['', false],
])('%s is a day of the calendar: %s', (text, is) => {
	expect(isDay(text)).toBe(is);
});

test('a field for day and time shows that of Shanghai, and what it says is the same moment again', () => {
	const at = new Date('2026-12-31T16:30:00Z');
	expect(shanghaiMinute(at)).toBe('2027-01-01T00:30');
	expect(momentOfMinute('2027-01-01T00:30')).toEqual(at);
});
