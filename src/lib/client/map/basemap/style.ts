// The offline base map as a MapLibre style: GeoJSON of one place, no tile server, no glyph server, no sprite.
// Data come from static/basemap/<district code>, colours from palette.ts.

import type { FontFacesSpecification, GeoJSONSourceSpecification, StyleSpecification } from 'maplibre-gl';
import type { Ground } from '#lib/client/ui/palette.ts';
import { borderLayers, groundLayers, veilLayer, waterLayers } from './ground.ts';
import { lineLayers } from './line-work.ts';
import { nameLayers } from './names.ts';
import { BASEMAP_COLOURS } from './palette.ts';

export interface BasemapOptions {
	/** The theme for strong sunlight uses `light`. */
	theme: Ground;
	/** Where the place's folder is, without a slash at the end: `/basemap/330109`. */
	base: string;
	/** From `mapFonts()`; without it names are drawn with the fonts of the machine. */
	fonts?: FontFacesSpecification;
	/** 1 at a desk; about 1.6 on a wall read from eight metres. */
	textScale?: number;
}

const FOLDER_LAYERS = ['neighbours', 'district', 'veil', 'landuse', 'water', 'lines', 'labels'] as const;

export function basemapStyle({ theme, base, fonts, textScale = 1 }: BasemapOptions): StyleSpecification {
	const colour = BASEMAP_COLOURS[theme];
	const source = (name: string): GeoJSONSourceSpecification => ({
		type: 'geojson',
		data: `${base}/${name}.geojson`,
		maxzoom: 14,
		tolerance: 0.3,
	});
	return {
		version: 8,
		name: `sitewatch-${theme}`,
		...(fonts && { 'font-faces': fonts }),
		sources: Object.fromEntries(FOLDER_LAYERS.map((name) => [`base-${name}`, source(name)])),
		layers: [
			...groundLayers(colour),
			veilLayer(colour, 'base-veil', colour.veilStrength),
			...waterLayers(colour),
			...lineLayers(colour),
			veilLayer(colour, 'base-veil-lines', colour.veilStrength * 0.6),
			...borderLayers(colour),
			...nameLayers(colour, textScale),
		],
	};
}
