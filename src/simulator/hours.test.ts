import { describe, expect, test } from 'vitest';
import { isWorking } from './hours.ts';

const at = (time: string) => Date.parse(`2026-11-20T${time}+08:00`);

describe('isWorking', () => {
	test.each([
		['06:29:00', false],
		['06:30:00', true],
		['11:29:59', true],
		['11:30:00', false],
		['12:40:00', true],
		['18:00:00', false],
		['19:00:00', false],
		['03:00:00', false],
	])('at %s in Shanghai: %s', (time, works) => {
		expect(isWorking(at(time), 'shanghai', 0, false)).toBe(works);
	});

	test('a site with a permit for the night works until ten', () => {
		expect(isWorking(at('21:59:00'), 'shanghai', 0, true)).toBe(true);
		expect(isWorking(at('22:00:00'), 'shanghai', 0, true)).toBe(false);
	});

	test('a site that is later than others begins and ends later', () => {
		expect(isWorking(at('06:40:00'), 'shanghai', 20, false)).toBe(false);
		expect(isWorking(at('18:10:00'), 'shanghai', 20, false)).toBe(true);
	});

	test('a demonstration may work around the clock', () => {
		expect(isWorking(at('03:00:00'), 'always', 0, false)).toBe(true);
	});
});
