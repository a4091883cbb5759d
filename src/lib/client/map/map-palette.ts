// The colours of the map for one ground. Levels, grades and risk come from the palette; ink (text, lines, accent) from
// the style sheet's variables, so that the map and the panels around it are of one piece.

import { GROUND_COLOURS, LEVEL_COLOURS, RISK_COLOURS, type Ground, type Rgb, type RiskBand } from '../ui/palette.ts';
import type { Level } from '#lib/domain/level.ts';

type Fractions = [red: number, green: number, blue: number, opacity: number];
type Bytes = [red: number, green: number, blue: number];

export interface MapPalette {
	name: Ground;
	/** As the graphics card takes them. */
	levels: Record<Level, Fractions>;
	ground: Fractions;
	panel: Fractions;
	/** As deck.gl's own layers take them. */
	levelBytes: Record<Level, Bytes>;
	riskBytes: Record<RiskBand, Bytes>;
	groundBytes: Bytes;
	text: Bytes;
	muted: Bytes;
	accent: Bytes;
	/** Fill of a site's outline by stage: quiet tints that never look like a level. */
	stage: Record<string, Bytes>;
}

const STAGE_TINTS: Record<string, Bytes> = {
	preparation: [128, 140, 158],
	foundation: [158, 124, 92],
	structure: [88, 132, 196],
	masonry: [112, 118, 196],
	finishing: [146, 112, 188],
	completion: [104, 142, 150],
};

/** @param ink - a variable of the style sheet as `#rrggbb`; empty where there is none */
export function paletteOf(name: Ground, ink: (variable: string) => string): MapPalette {
	const isDark = name === 'dark';
	return {
		name,
		levels: eachOf(LEVEL_COLOURS[name], fractions),
		ground: fractions(GROUND_COLOURS[name].ground),
		panel: fractions(GROUND_COLOURS[name].panel),
		levelBytes: eachOf(LEVEL_COLOURS[name], bytes),
		riskBytes: eachOf(RISK_COLOURS[name], bytes),
		groundBytes: bytes(GROUND_COLOURS[name].ground),
		text: hex(ink('--text')) ?? (isDark ? [232, 238, 245] : [16, 28, 42]),
		muted: hex(ink('--muted')) ?? (isDark ? [159, 176, 195] : [70, 84, 104]),
		accent: hex(ink('--accent')) ?? (isDark ? [108, 196, 232] : [0, 98, 150]),
		stage: STAGE_TINTS,
	};
}

function eachOf<K extends string, T>(colours: Record<K, Rgb>, to: (colour: Rgb) => T): Record<K, T> {
	return Object.fromEntries(Object.entries<Rgb>(colours).map(([key, colour]) => [key, to(colour)])) as Record<K, T>;
}

function fractions([r, g, b]: Rgb): Fractions {
	return [r / 255, g / 255, b / 255, 1];
}

function bytes([r, g, b]: Rgb): Bytes {
	return [r, g, b];
}

function hex(text: string): Bytes | undefined {
	const [, digits] = /^\s*#([0-9a-f]{6})\s*$/i.exec(text) ?? [];
	if (!digits) return undefined;
	return [0, 2, 4].map((at) => parseInt(digits.slice(at, at + 2), 16)) as Bytes;
}
