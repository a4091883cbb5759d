// The colours that mean something, once: the map reads them as numbers, the style sheet as variables (tokens.css).
// A test holds both together and checks contrast and greyscale. Everything else that has a colour is in tokens.css.

import type { Level } from '#lib/domain/level.ts';

export type Rgb = readonly [red: number, green: number, blue: number];

/** The two grounds a map is drawn on. The theme for strong sunlight uses `light`. */
export type Ground = 'dark' | 'light';

/** Age or sign of a machine or site. `unknown` is drawn hatched. */
export type GradeColour = 'red' | 'yellow' | 'green' | 'unknown';

/** The four official risk colours from light to grave; `insufficient` is a sample too small to judge, drawn hatched. */
export const RISK_BANDS = ['blue', 'yellow', 'orange', 'red', 'insufficient'] as const;
export type RiskBand = (typeof RISK_BANDS)[number];

/** What the palette is meant to stand on: the map, a panel on it, a row or field in a panel. */
export const GROUND_COLOURS: Record<Ground, Record<'ground' | 'panel' | 'raised', Rgb>> = {
	dark: { ground: [11, 20, 32], panel: [16, 28, 42], raised: [23, 37, 54] },
	light: { ground: [238, 242, 246], panel: [255, 255, 255], raised: [245, 247, 250] },
};

/** Calm states are dim, trouble is bright: on the dark wall lightness rises off, normal, danger, warning, unknown, notice. */
export const LEVEL_COLOURS: Record<Ground, Record<Level, Rgb>> = {
	dark: {
		unknown: [188, 198, 214],
		off: [102, 117, 138],
		normal: [42, 143, 130],
		notice: [255, 219, 87],
		warning: [255, 154, 61],
		danger: [255, 92, 82],
	},
	light: {
		unknown: [50, 58, 74],
		off: [109, 123, 144],
		normal: [10, 83, 72],
		notice: [161, 130, 0],
		warning: [182, 74, 6],
		danger: [172, 18, 28],
	},
};

export const GRADE_COLOURS: Record<Ground, Record<GradeColour, Rgb>> = {
	dark: {
		red: [255, 92, 82],
		yellow: [255, 219, 87],
		green: [42, 143, 130],
		unknown: [188, 198, 214],
	},
	light: {
		red: [172, 18, 28],
		yellow: [161, 130, 0],
		green: [10, 83, 72],
		unknown: [50, 58, 74],
	},
};

export const RISK_COLOURS: Record<Ground, Record<RiskBand, Rgb>> = {
	dark: {
		blue: [58, 118, 204],
		yellow: [255, 219, 87],
		orange: [255, 154, 61],
		red: [255, 92, 82],
		insufficient: [102, 117, 138],
	},
	light: {
		blue: [19, 63, 130],
		yellow: [161, 130, 0],
		orange: [182, 74, 6],
		red: [172, 18, 28],
		insufficient: [109, 123, 144],
	},
};
