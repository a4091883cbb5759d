// The style of the base map for a theme: ours from static files, or the bureau's own by its address.

import { addProtocol } from 'maplibre-gl';
import type { Ground } from '../ui/palette.ts';
import type { BaseMap } from './base-map.ts';
import { mapFonts } from './basemap/fonts.ts';
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

/** Lets styles of a bureau name `pmtiles://` files; fetched only where one is set. */
async function allowPmtiles(): Promise<void> {
	const { Protocol } = await import('pmtiles');
	addProtocol('pmtiles', new Protocol().tile);
}

export async function styleOf(base: BaseMap, districtCode: string, theme: Ground, textScale: number): Promise<Style> {
	if (base.kind === 'bundled') return bundledStyle(districtCode, theme, textScale);
	await allowPmtiles();
	return base.styleUrl;
}
