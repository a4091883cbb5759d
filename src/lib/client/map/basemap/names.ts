// Names: Chinese with English beneath, larger and more of them from near. What is listed last wins the space.

import type { ExpressionSpecification, LayerSpecification } from 'maplibre-gl';
import type { BasemapColours } from './palette.ts';
import { evenly } from './widths.ts';

/** The key under which the style declares its font files. */
export const FONT = 'Noto Sans SC';

interface Look {
	source: 'base-labels' | 'base-lines';
	filter: ExpressionSpecification;
	color: string;
	/** Colour of the English line; none: Chinese only. */
	english?: string;
	/** Zoom, pixels, zoom, pixels, … */
	size: number[];
	minzoom?: number;
	maxzoom?: number;
	along?: boolean;
	spacing?: number;
	padding?: number;
	letterSpacing?: number;
	/** May move aside rather than vanish. */
	yielding?: boolean;
}

const classIs = (...names: string[]): ExpressionSpecification => ['in', ['get', 'class'], ['literal', names]];
const rankIs = (rank: number): ExpressionSpecification => ['==', ['get', 'rank'], rank];

function twoLines(english: string | undefined, along: boolean | undefined): ExpressionSpecification {
	const name: ExpressionSpecification = ['get', 'name'];
	if (!english) return name;
	const between = along ? '  ' : '\n';
	return ['format', name, {}, between, {}, ['get', 'nameEn'], { 'font-scale': 0.68, 'text-color': english }];
}

function names(id: string, look: Look, halo: string, textScale: number): LayerSpecification {
	const sizes = look.size.map((value, at) => (at % 2 ? value * textScale : value));
	return {
		id: `base-name-${id}`,
		type: 'symbol',
		source: look.source,
		filter: look.filter,
		...(look.minzoom !== undefined && { minzoom: look.minzoom }),
		...(look.maxzoom !== undefined && { maxzoom: look.maxzoom }),
		layout: {
			'text-field': twoLines(look.english, look.along),
			'text-font': [FONT, 'sans-serif'],
			'text-size': evenly(...sizes),
			'text-line-height': 1.15,
			'text-max-width': 12,
			'text-letter-spacing': look.letterSpacing ?? 0.03,
			'text-padding': look.padding ?? 4,
			...(look.yielding && {
				'text-variable-anchor': ['center', 'bottom', 'top', 'left', 'right'],
				'text-radial-offset': 0.7,
			}),
			...(look.along && {
				'symbol-placement': 'line',
				'symbol-spacing': look.spacing ?? 420,
				'text-max-angle': 40,
				'text-pitch-alignment': 'viewport',
			}),
		},
		paint: {
			'text-color': look.color,
			'text-halo-color': halo,
			'text-halo-width': 1.6,
			'text-halo-blur': 0.4,
		},
	};
}

export function nameLayers(colour: BasemapColours, textScale: number): LayerSpecification[] {
	const looks: Record<string, Look> = {
		street: {
			source: 'base-lines',
			filter: classIs('secondary'),
			color: colour.roadName,
			size: [13, 11, 16, 14],
			minzoom: 13.2,
			along: true,
		},
		road: {
			source: 'base-lines',
			filter: classIs('primary', 'expressway'),
			color: colour.roadName,
			size: [11, 10.5, 14, 13, 16, 15],
			minzoom: 11.4,
			along: true,
			spacing: 520,
		},
		track: {
			source: 'base-lines',
			filter: classIs('rail', 'metro'),
			color: colour.roadName,
			size: [12, 10.5, 16, 13],
			minzoom: 12.4,
			along: true,
			spacing: 640,
		},
		canal: {
			source: 'base-lines',
			filter: classIs('canal', 'river'),
			color: colour.waterName,
			size: [11, 11, 14, 14],
			minzoom: 11,
			along: true,
			letterSpacing: 0.12,
		},
		hill: {
			source: 'base-labels',
			filter: classIs('hill'),
			color: colour.placeName,
			english: colour.roadName,
			size: [12, 11, 15, 14],
			minzoom: 12,
		},
		'neighbour-far': {
			source: 'base-labels',
			filter: ['all', classIs('neighbour'), rankIs(2)],
			color: colour.neighbourName,
			english: colour.neighbourName,
			size: [8, 12, 11, 16],
		},
		neighbour: {
			source: 'base-labels',
			filter: ['all', classIs('neighbour'), rankIs(1)],
			color: colour.neighbourName,
			english: colour.neighbourName,
			size: [8, 12, 11, 17, 14, 20],
			letterSpacing: 0.1,
		},
		river: {
			source: 'base-labels',
			filter: classIs('river'),
			color: colour.waterName,
			english: colour.waterName,
			size: [9, 12, 11, 15, 14, 20],
			minzoom: 9,
			along: true,
			spacing: 360,
			letterSpacing: 0.16,
		},
		lake: {
			source: 'base-labels',
			filter: classIs('lake', 'sea'),
			color: colour.waterName,
			english: colour.waterName,
			size: [9, 11, 11, 13, 14, 17],
			minzoom: 9,
			letterSpacing: 0.1,
		},
		station: {
			source: 'base-labels',
			filter: classIs('station', 'airport'),
			color: colour.placeName,
			english: colour.roadName,
			size: [11, 12, 14, 15],
			minzoom: 11,
		},
		district: {
			source: 'base-labels',
			filter: classIs('district'),
			color: colour.townName,
			english: colour.townNameEn,
			size: [6, 13, 9, 19],
			maxzoom: 9.2,
		},
		town: {
			source: 'base-labels',
			filter: classIs('town'),
			color: colour.townName,
			english: colour.townNameEn,
			size: [9.2, 12, 10, 14.5, 11, 17, 12, 19, 14, 23],
			minzoom: 9.2,
			padding: 3,
			yielding: true,
		},
	};
	return Object.entries(looks).map(([id, look]) => names(id, look, colour.halo, textScale));
}
