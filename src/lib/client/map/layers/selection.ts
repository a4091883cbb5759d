// What is selected and what lies under the pointer: a ring around the symbol, a line around the outline.

import { PathLayer, ScatterplotLayer } from '@deck.gl/layers';
import type { Rings } from '../board-shapes.ts';
import type { MapPalette } from '../map-palette.ts';

export interface Halo {
	at: [number, number] | null;
	/** Outlines that belong to it. */
	polygons: readonly Rings[];
	radiusPx: number;
}

/** @param name - `selected` or `hovered`; a hovered one is fainter */
export function haloLayers(name: 'selected' | 'hovered', halo: Halo, palette: MapPalette) {
	const alpha = name === 'selected' ? 255 : 130;
	return [
		new PathLayer<Rings>({
			id: `${name}-line`,
			data: halo.polygons,
			getPath: (rings) => rings[0]!,
			getColor: [...palette.accent, alpha],
			getWidth: name === 'selected' ? 3.5 : 2.5,
			widthUnits: 'pixels',
			jointRounded: true,
		}),
		new ScatterplotLayer<[number, number]>({
			id: `${name}-ring`,
			data: halo.at ? [halo.at] : [],
			getPosition: (at) => at,
			getRadius: halo.radiusPx,
			getLineColor: [...palette.accent, alpha],
			getLineWidth: name === 'selected' ? 3 : 2,
			radiusUnits: 'pixels',
			lineWidthUnits: 'pixels',
			stroked: true,
			filled: false,
			billboard: true,
		}),
	];
}
