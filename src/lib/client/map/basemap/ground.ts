// What is an area: land, built-up ground, hills, the airport, water, and the veil over everything outside.

import type { LayerSpecification } from 'maplibre-gl';
import type { BasemapColours } from './palette.ts';
import { byZoom, evenly } from './widths.ts';

export function groundLayers(colour: BasemapColours): LayerSpecification[] {
	return [
		{ id: 'base-outside', type: 'background', paint: { 'background-color': colour.outside } },
		{ id: 'base-land', type: 'fill', source: 'base-district', paint: { 'fill-color': colour.land } },
		landuse('hills', colour.hills),
		landuse('builtup', colour.builtUp),
		landuse('airport', colour.airport),
		landuse('runway', colour.runway),
	];
}

function landuse(name: string, fill: string): LayerSpecification {
	return {
		id: `base-${name}`,
		type: 'fill',
		source: 'base-landuse',
		filter: ['==', ['get', 'class'], name],
		paint: { 'fill-color': fill },
	};
}

/** Between ground and water, so that rivers stay bright beyond the border. */
export function veilLayer(colour: BasemapColours, id: string, strength: number): LayerSpecification {
	return {
		id,
		type: 'fill',
		source: 'base-veil',
		paint: { 'fill-color': colour.veil, 'fill-opacity': strength, 'fill-antialias': false },
	};
}

export function waterLayers(colour: BasemapColours): LayerSpecification[] {
	return [
		{ id: 'base-water', type: 'fill', source: 'base-water', paint: { 'fill-color': colour.water } },
		{
			id: 'base-shore',
			type: 'line',
			source: 'base-water',
			paint: {
				'line-color': colour.shore,
				'line-width': byZoom(8, 0.5, 12, 1.1, 16, 2),
				'line-opacity': evenly(8, 0.6, 12, 0.9),
			},
		},
		{
			id: 'base-canal',
			type: 'line',
			source: 'base-lines',
			filter: ['in', ['get', 'class'], ['literal', ['canal', 'river']]],
			layout: { 'line-cap': 'round', 'line-join': 'round' },
			paint: {
				'line-color': colour.canal,
				'line-width': byZoom(8, 0.5, 10, 1, 12, 2.2, 14, 4.5, 16, 10),
				'line-opacity': evenly(8, 0.5, 11, 1),
			},
		},
	];
}

/** Borders of the neighbours and of towns, and the district's outline with a glow. */
export function borderLayers(colour: BasemapColours): LayerSpecification[] {
	return [
		{
			id: 'base-neighbours',
			type: 'line',
			source: 'base-neighbours',
			paint: { 'line-color': colour.outsideLine, 'line-width': byZoom(8, 0.6, 14, 1.4) },
		},
		{
			id: 'base-town-line',
			type: 'line',
			source: 'base-lines',
			filter: ['==', ['get', 'class'], 'townBorder'],
			paint: {
				'line-color': colour.townLine,
				'line-width': byZoom(9, 0.8, 12, 1.4, 16, 2.4),
				'line-dasharray': ['step', ['zoom'], ['literal', [1, 0]], 11, ['literal', [5, 2.5]]],
			},
		},
		{
			id: 'base-district-glow',
			type: 'line',
			source: 'base-district',
			layout: { 'line-join': 'round' },
			paint: {
				'line-color': colour.districtGlow,
				'line-width': byZoom(8, 9, 12, 18, 16, 30),
				'line-blur': byZoom(8, 8, 12, 16, 16, 26),
				'line-opacity': 0.5,
			},
		},
		{
			id: 'base-district-line',
			type: 'line',
			source: 'base-district',
			layout: { 'line-join': 'round' },
			paint: { 'line-color': colour.districtLine, 'line-width': byZoom(8, 1.4, 11, 2.2, 16, 3.5) },
		},
	];
}
