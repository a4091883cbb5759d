import { validateStyleMin } from '@maplibre/maplibre-gl-style-spec';
import { describe, expect, test } from 'vitest';
import { GRADE_COLOURS, LEVEL_COLOURS, RISK_COLOURS, type Ground, type Rgb } from '#lib/client/ui/palette.ts';
import { BASEMAP_COLOURS } from './palette.ts';
import { basemapStyle } from './style.ts';

const fonts = { 'Noto Sans SC': [{ url: 'http://localhost/part.woff2', 'unicode-range': ['U+0-7F'] }] };
const GROUNDS: Ground[] = ['dark', 'light'];

const rgbOf = (hex: string): Rgb => [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as unknown as Rgb;

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

describe.each(GROUNDS)('the %s base map', (theme) => {
	const style = basemapStyle({ theme, base: '/basemap/330109', fonts });
	const colour = BASEMAP_COLOURS[theme];

	test('is a valid style', () => {
		expect(validateStyleMin(style)).toEqual([]);
	});

	test('asks for nothing but its own folder: no tiles, no glyphs, no sprite', () => {
		expect(style).not.toHaveProperty('glyphs');
		expect(style).not.toHaveProperty('sprite');
		for (const source of Object.values(style.sources)) {
			expect(source).toHaveProperty('data', expect.stringMatching(/^\/basemap\/330109\/[a-z]+\.geojson$/));
		}
	});

	test('draws every source it names', () => {
		const drawn = new Set(style.layers.flatMap((layer) => ('source' in layer ? [layer.source] : [])));
		expect([...drawn].sort()).toEqual(Object.keys(style.sources).sort());
	});

	test('leaves room for the marks: levels, grades and risk stand out on every kind of land', () => {
		const marks = [LEVEL_COLOURS[theme], GRADE_COLOURS[theme], RISK_COLOURS[theme]].flatMap((set) =>
			Object.values(set),
		);
		for (const land of [colour.outside, colour.land, colour.builtUp, colour.hills, colour.airport]) {
			for (const mark of marks) expect(contrast(mark, rgbOf(land))).toBeGreaterThanOrEqual(3);
		}
	});

	test('names can be read on land, in town and on water', () => {
		for (const [name, ground] of [
			[colour.townName, colour.land],
			[colour.townName, colour.builtUp],
			[colour.townNameEn, colour.builtUp],
			[colour.roadName, colour.builtUp],
			[colour.waterName, colour.water],
			[colour.placeName, colour.hills],
		] as const) {
			expect(contrast(rgbOf(name), rgbOf(ground)), `${name} on ${ground}`).toBeGreaterThanOrEqual(4.5);
		}
	});
});

test('names grow with the text scale of the wall', () => {
	const sizeOf = (textScale: number) => {
		const layer = basemapStyle({ theme: 'dark', base: '/x', textScale }).layers.find(
			({ id }) => id === 'base-name-town',
		);
		const size = layer?.type === 'symbol' ? layer.layout?.['text-size'] : undefined;
		return Array.isArray(size) ? Number(size.at(-1)) : NaN;
	};
	expect(sizeOf(1.6)).toBeCloseTo(sizeOf(1) * 1.6);
});
