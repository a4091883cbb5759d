import { expect, test } from 'vitest';
import { isDay } from './day.ts';

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
