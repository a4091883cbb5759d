import { expect, test } from 'vitest';
import { lastHour, rainText } from './rain-text.ts';

const none = { h1: null, h3: null, h24: null };

test.each([
	['a whole sum as it is', { h1: 12.5, h3: null, h24: null }, '12.5'],
	['a dry hour as nothing fallen', { ...none, h1: 0 }, '0.0'],
	['what fell at least, where a part is not known', { ...none, least: { ...none, h1: 8 } }, '≥ 8.0'],
	['nothing where the known part is dry: that says neither wet nor dry', { ...none, least: { ...none, h1: 0 } }, ''],
	['nothing where nothing is known', none, ''],
])('rain is told: %s', (_, rain, told) => {
	expect(rainText(rain, 'h1')).toBe(told);
});

test('gauges are ranked by what fell at least, and those that know nothing come last', () => {
	const wet = { ...none, h1: 5 };
	const atLeast = { ...none, least: { ...none, h1: 9 } };
	const dry = { ...none, h1: 0 };
	const ranked = [none, dry, wet, atLeast].toSorted((a, b) => lastHour(b) - lastHour(a));
	expect(ranked).toEqual([atLeast, wet, dry, none]);
});
