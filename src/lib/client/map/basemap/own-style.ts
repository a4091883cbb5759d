// Styles for tiles of a bureau: pictures dimmed under a dark wall, vector archives in our own colours by what their
// layers are usually called (Protomaps, OpenMapTiles); a layer of any other name is still drawn, faintly.

import type {
	FilterSpecification,
	FontFacesSpecification,
	LayerSpecification,
	RasterSourceSpecification,
	StyleSpecification,
} from 'maplibre-gl';
import type { Ground } from '#lib/client/ui/palette.ts';
import { FONT } from './names.ts';
import { BASEMAP_COLOURS, type BasemapColours } from './palette.ts';

/** Pictures are drawn for daylight: on the dark ground they step back behind the marks. */
const DIMMED = { 'raster-brightness-max': 0.42, 'raster-saturation': -0.45, 'raster-contrast': 0.1 };

export function rasterStyle(
	theme: Ground,
	sources: readonly ({ tiles: string[] } | { url: string })[],
	maxZoom: number,
): StyleSpecification {
	const named = sources.map((source, order) => [`own-${order}`, source] as const);
	return {
		version: 8,
		name: `own-${theme}`,
		sources: Object.fromEntries(
			named.map(([name, source]) => [
				name,
				{ type: 'raster', tileSize: 256, maxzoom: maxZoom, ...source } as RasterSourceSpecification,
			]),
		),
		layers: [
			groundLayer(BASEMAP_COLOURS[theme]),
			...named.map(([name]): LayerSpecification => ({
				...{ id: name, type: 'raster', source: name },
				paint: theme === 'dark' ? DIMMED : {},
			})),
		],
	};
}

export interface ArchiveOptions {
	theme: Ground;
	textScale: number;
	/** `pmtiles://…` */
	url: string;
	fonts: FontFacesSpecification;
	isVector: boolean;
	maxZoom: number;
	/** Names of the vector layers inside. */
	layers: readonly string[];
}

export function archiveStyle(options: ArchiveOptions): StyleSpecification {
	const { theme, url, fonts, isVector, maxZoom, layers, textScale } = options;
	if (!isVector) return rasterStyle(theme, [{ url }], maxZoom);
	const colour = BASEMAP_COLOURS[theme];
	const roles = layers.map((id) => [id, roleOf(id)] as const);
	const drawn = ORDER.flatMap((role) =>
		roles.filter(([, is]) => is === role).flatMap(([id]) => LAYERS[role](id, colour, textScale)),
	);
	return {
		version: 8,
		name: `own-${theme}`,
		'font-faces': fonts,
		sources: { own: { type: 'vector', url } },
		layers: [groundLayer(colour), ...drawn.map((layer) => ({ ...layer, source: 'own' }) as LayerSpecification)],
	};
}

type Role = 'land' | 'use' | 'water' | 'other' | 'building' | 'road' | 'border' | 'name';

/** From the ground up. */
const ORDER: readonly Role[] = ['land', 'use', 'water', 'other', 'building', 'road', 'border', 'name'];

function roleOf(id: string): Role {
	if (/name|place|label|poi/.test(id)) return 'name';
	if (/^earth$|^land$/.test(id)) return 'land';
	if (/landuse|landcover|natural|park/.test(id)) return 'use';
	if (/water/.test(id)) return 'water';
	if (/building/.test(id)) return 'building';
	if (/road|transport|street|rail|aeroway/.test(id)) return 'road';
	return /bound|admin/.test(id) ? 'border' : 'other';
}

type Bare = Record<string, unknown>;
const AREAS: FilterSpecification = ['==', ['geometry-type'], 'Polygon'];
const LINES: FilterSpecification = ['==', ['geometry-type'], 'LineString'];
const POINTS: FilterSpecification = ['==', ['geometry-type'], 'Point'];

const fill = (id: string, color: string, opacity = 1): Bare => ({
	...{ id: `${id}-fill`, 'source-layer': id, type: 'fill', filter: AREAS },
	paint: { 'fill-color': color, 'fill-opacity': opacity },
});
const line = (id: string, color: string, widths: [number, number], filter: FilterSpecification = LINES): Bare => ({
	...{ id: `${id}-line`, 'source-layer': id, type: 'line', filter },
	layout: { 'line-join': 'round', 'line-cap': 'round' },
	paint: {
		'line-color': color,
		'line-width': ['interpolate', ['exponential', 1.4], ['zoom'], 9, widths[0], 17, widths[1]],
	},
});

const LAYERS: Record<Role, (id: string, colour: BasemapColours, textScale: number) => Bare[]> = {
	land: (id, { land }) => [fill(id, land)],
	use: (id, { builtUp }) => [fill(id, builtUp)],
	water: (id, { water, canal }) => [fill(id, water), line(id, canal, [0.6, 3])],
	other: (id, { builtUp, secondary }) => [fill(id, builtUp, 0.6), line(id, secondary, [0.4, 1.5])],
	building: (id, { builtUp }) => [{ ...fill(id, builtUp), minzoom: 14 }],
	road: (id, { primary }) => [line(id, primary.fill, [0.5, 7])],
	border: (id, { townLine }) => [line(id, townLine, [0.6, 1.6])],
	name: (id, { placeName, halo }, textScale) => [
		{
			...{ id: `${id}-name`, 'source-layer': id, type: 'symbol', filter: POINTS },
			layout: {
				'text-field': ['coalesce', ['get', 'name:zh-Hans'], ['get', 'name:zh'], ['get', 'name']],
				'text-font': [FONT],
				'text-size': ['interpolate', ['linear'], ['zoom'], 9, 11 * textScale, 16, 14 * textScale],
			},
			paint: { 'text-color': placeName, 'text-halo-color': halo, 'text-halo-width': 1.5 },
		},
	],
};

function groundLayer({ land }: BasemapColours): LayerSpecification {
	return { id: 'own-ground', type: 'background', paint: { 'background-color': land } };
}
