// The look in numbers: the palette and the style sheet say the same, everything is readable, levels stay apart in grey.

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { LEVELS } from '#lib/domain/level.ts';
import {
	GRADE_COLOURS,
	GROUND_COLOURS,
	LEVEL_COLOURS,
	RISK_COLOURS,
	type Ground,
	type Rgb,
} from '#lib/client/ui/palette.ts';

const css = readFileSync(new URL('../src/lib/client/ui/tokens.css', import.meta.url), 'utf8');

/** The variables a theme sets, as colours; variables that are no colours are left out. */
function themeOf(name: string): Map<string, Rgb> {
	const body = css.split(`@utility theme-${name} {`)[1]?.split('\n}')[0] ?? '';
	const found = new Map<string, Rgb>();
	for (const [, key = '', value = ''] of body.matchAll(/--([\w-]+): ([^;]+);/g)) {
		const hex = /^#([0-9a-f]{6})$/.exec(value)?.[1];
		const rgb = /^rgb\((\d+) (\d+) (\d+)\)$/.exec(value);
		if (hex) found.set(key, [0, 2, 4].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb);
		else if (rgb) found.set(key, rgb.slice(1).map(Number) as unknown as Rgb);
	}
	return found;
}

const dark = themeOf('dark');
const light = themeOf('light');
const THEMES = { dark, light, sun: new Map([...light, ...themeOf('sun')]) };
const GROUNDS: Ground[] = ['dark', 'light'];

/** WCAG 2 relative luminance. */
function luminance(colour: Rgb): number {
	const [r = 0, g = 0, b = 0] = colour.map((part) =>
		part / 255 <= 0.04045 ? part / 255 / 12.92 : ((part / 255 + 0.055) / 1.055) ** 2.4,
	);
	return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: Rgb, b: Rgb): number {
	const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
	return (high + 0.05) / (low + 0.05);
}

/** CIE L*, what remains of a colour in a greyscale print. */
const lightness = (colour: Rgb) => 116 * Math.cbrt(luminance(colour)) - 16;

function colour(theme: Map<string, Rgb>, key: string): Rgb {
	const value = theme.get(key);
	if (!value) throw new Error(`The theme has no --${key}.`);
	return value;
}

describe('the palette and the style sheet say the same', () => {
	test.each(GROUNDS)('%s', (ground) => {
		const spoken = {
			...GROUND_COLOURS[ground],
			...Object.fromEntries(Object.entries(LEVEL_COLOURS[ground]).map(([key, rgb]) => [`level-${key}`, rgb])),
			...Object.fromEntries(Object.entries(GRADE_COLOURS[ground]).map(([key, rgb]) => [`grade-${key}`, rgb])),
			...Object.fromEntries(Object.entries(RISK_COLOURS[ground]).map(([key, rgb]) => [`risk-${key}`, rgb])),
		};
		expect(Object.fromEntries(Object.keys(spoken).map((key) => [key, colour(THEMES[ground], key)]))).toEqual(spoken);
	});
});

describe.each(Object.entries(THEMES))('theme %s', (_, theme) => {
	const surfaces = ['ground', 'panel', 'raised', 'selected'];

	test.each(['text', 'muted', 'faint', 'accent'])('%s is readable on every surface (4.5 : 1)', (key) => {
		for (const surface of surfaces)
			expect(contrast(colour(theme, key), colour(theme, surface)), `${key} on ${surface}`).toBeGreaterThanOrEqual(4.5);
	});

	test('text on a filled button or mark is readable (4.5 : 1)', () => {
		expect(contrast(colour(theme, 'on-accent'), colour(theme, 'accent'))).toBeGreaterThanOrEqual(4.5);
		for (const key of ['level-warning', 'level-danger', 'level-unknown'])
			expect(contrast(colour(theme, 'on-mark'), colour(theme, key)), key).toBeGreaterThanOrEqual(4.5);
	});

	test('every mark stands out from what it lies on (3 : 1)', () => {
		for (const [key, value] of theme)
			if (/^(level|grade|risk)-/.test(key))
				for (const surface of ['ground', 'panel', 'raised'])
					expect(contrast(value, colour(theme, surface)), `${key} on ${surface}`).toBeGreaterThanOrEqual(3);
	});

	test('edges of fields and controls are visible (3 : 1)', () => {
		for (const surface of ['ground', 'panel', 'raised'])
			expect(contrast(colour(theme, 'edge'), colour(theme, surface)), surface).toBeGreaterThanOrEqual(3);
	});
});

describe('printed in grey', () => {
	const apart = (colours: [string, Rgb][]) => {
		const sorted = colours.map(([key, rgb]) => ({ key, l: lightness(rgb) })).sort((a, b) => a.l - b.l);
		return sorted
			.slice(1)
			.map((entry, at) => ({ pair: `${sorted[at]?.key}/${entry.key}`, by: entry.l - (sorted[at]?.l ?? 0) }));
	};

	test.each(GROUNDS)('the levels of the %s theme stay apart', (ground) => {
		expect(Object.keys(LEVEL_COLOURS[ground]).sort()).toEqual([...LEVELS].sort());
		for (const { pair, by } of apart(Object.entries(LEVEL_COLOURS[ground]))) expect(by, pair).toBeGreaterThan(4);
	});

	test.each(GROUNDS)('the four risk colours of the %s theme stay apart', (ground) => {
		const bands = Object.entries(RISK_COLOURS[ground]).filter(([key]) => key !== 'insufficient');
		for (const { pair, by } of apart(bands)) expect(by, pair).toBeGreaterThan(4);
	});
});
