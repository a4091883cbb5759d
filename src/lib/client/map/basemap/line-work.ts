// Roads, railways and metro: casing under fill, widths by zoom, small ones only from near.

import type { ExpressionSpecification, FilterSpecification, LayerSpecification } from 'maplibre-gl';
import type { BasemapColours } from './palette.ts';
import { byZoom, evenly } from './widths.ts';

const ofClass = (name: string): FilterSpecification => ['==', ['get', 'class'], name];

type Dash = { dash?: number[]; minzoom?: number; opacity?: ExpressionSpecification; cap?: 'butt' | 'round' };

function stroke(id: string, name: string, color: string, width: ExpressionSpecification, more: Dash = {}) {
	return {
		id: `base-${id}`,
		type: 'line',
		source: 'base-lines',
		filter: ofClass(name),
		...(more.minzoom !== undefined && { minzoom: more.minzoom }),
		layout: { 'line-cap': more.cap ?? 'round', 'line-join': 'round' },
		paint: {
			'line-color': color,
			'line-width': width,
			...(more.dash && { 'line-dasharray': more.dash }),
			...(more.opacity && { 'line-opacity': more.opacity }),
		},
	} satisfies LayerSpecification;
}

export function lineLayers(colour: BasemapColours): LayerSpecification[] {
	const secondary = byZoom(11, 0.6, 13, 2, 14, 3.6, 16, 9);
	const primary = byZoom(9, 0.5, 11, 1.3, 13, 3.2, 14, 5, 16, 13);
	const primaryCasing = byZoom(9, 1, 11, 2.3, 13, 4.8, 14, 7, 16, 16);
	const expressway = byZoom(8, 0.8, 10, 1.5, 12, 3, 14, 6.5, 16, 16);
	const expresswayCasing = byZoom(8, 1.6, 10, 3, 12, 5.2, 14, 9.5, 16, 20);
	const fadeIn = evenly(9, 0.35, 11, 1);
	return [
		stroke('secondary', 'secondary', colour.secondary, secondary, { minzoom: 11, opacity: evenly(11, 0, 12, 1) }),
		stroke('primary-casing', 'primary', colour.primary.casing, primaryCasing, { minzoom: 9, opacity: fadeIn }),
		stroke('primary', 'primary', colour.primary.fill, primary, { minzoom: 9, opacity: fadeIn }),
		stroke('rail', 'rail', colour.rail, byZoom(8, 0.7, 11, 1.5, 14, 3, 16, 5), { cap: 'butt' }),
		stroke('rail-gap', 'rail', colour.railGap, byZoom(8, 0.3, 11, 0.8, 14, 1.8, 16, 3.2), {
			cap: 'butt',
			dash: [6, 6],
			minzoom: 10,
		}),
		stroke('expressway-casing', 'expressway', colour.expressway.casing, expresswayCasing),
		stroke('expressway', 'expressway', colour.expressway.fill, expressway),
		stroke('metro', 'metro', colour.metro, byZoom(9.5, 0.6, 11, 1.2, 13, 2.4, 16, 5), {
			minzoom: 9.5,
			dash: [3, 1.6],
			cap: 'butt',
			opacity: evenly(9.5, 0.3, 11.5, 0.9),
		}),
	];
}
