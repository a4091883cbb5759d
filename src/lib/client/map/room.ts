// Keeps the base map's names out from under the clusters: an invisible symbol of the same size stands below each, and
// MapLibre moves or hides the names it would touch.

import type { GeoJSONSource, Map as MapLibreMap } from 'maplibre-gl';

export interface Disc {
	at: [number, number];
	radiusPx: number;
}

const NAME = 'room';
/** Width of the invisible picture, pixels; its size on the map is a multiple of it. */
const PICTURE_PX = 8;

/** The style must be there; call again after it was changed. */
export function keepRoom(map: MapLibreMap, discs: readonly Disc[], scale: number): void {
	const data = {
		type: 'FeatureCollection' as const,
		features: discs.map(({ at, radiusPx }) => ({
			type: 'Feature' as const,
			properties: { size: (radiusPx * 2 * scale) / PICTURE_PX },
			geometry: { type: 'Point' as const, coordinates: at },
		})),
	};
	const source = map.getSource<GeoJSONSource>(NAME);
	if (source) {
		source.setData(data);
		return;
	}
	if (discs.length === 0) return;
	if (!map.hasImage(NAME))
		map.addImage(NAME, { width: PICTURE_PX, height: PICTURE_PX, data: new Uint8Array(PICTURE_PX * PICTURE_PX * 4) });
	map.addSource(NAME, { type: 'geojson', data });
	map.addLayer({
		id: NAME,
		type: 'symbol',
		source: NAME,
		layout: { 'icon-image': NAME, 'icon-size': ['get', 'size'], 'icon-allow-overlap': true, 'icon-padding': 1 },
	});
}
