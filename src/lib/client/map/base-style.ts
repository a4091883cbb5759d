// The style of the base map for a theme: ours from static files, or the bureau's own made of its tiles or by its address.

import { addProtocol } from 'maplibre-gl';
import type { Ground } from '../ui/palette.ts';
import type { BaseMap } from './base-map.ts';
import { mapFonts } from './basemap/fonts.ts';
import { archiveStyle, rasterStyle } from './basemap/own-style.ts';
import { basemapStyle } from './basemap/style.ts';
import type { Style } from './stage.ts';

/** @param textScale - 1 at a desk, more on a wall */
export function bundledStyle(districtCode: string, theme: Ground, textScale: number): Style {
	return basemapStyle({
		theme,
		base: new URL(`/basemap/${districtCode}`, location.href).href,
		fonts: mapFonts(location.href),
		textScale,
	});
}

/** Lets styles name `pmtiles://` files; the library is fetched only where one is set. */
async function pmtiles() {
	const library = await import('pmtiles');
	addProtocol('pmtiles', new library.Protocol().tile);
	return library;
}

export async function styleOf(base: BaseMap, districtCode: string, theme: Ground, textScale: number): Promise<Style> {
	if (base.kind === 'bundled') return bundledStyle(districtCode, theme, textScale);
	const { from } = base;
	if (from.as === 'raster') {
		const tiles = from.tiles.map((tile) => `${location.origin}${tile}`);
		return rasterStyle(
			theme,
			tiles.map((tile) => ({ tiles: [tile] })),
			from.maxZoom,
		);
	}
	const { PMTiles } = await pmtiles();
	const url = new URL(from.url, location.href).href;
	if (from.as === 'style') return url;
	const archive = new PMTiles(url);
	const header = await archive.getHeader();
	const metadata = (await archive.getMetadata()) as { vector_layers?: { id: string }[] } | null;
	return archiveStyle({
		...{ theme, textScale, url: `pmtiles://${url}`, fonts: mapFonts(location.href) },
		...{ isVector: header.tileType === 1, maxZoom: header.maxZoom },
		layers: metadata?.vector_layers?.map(({ id }) => id) ?? [],
	});
}
