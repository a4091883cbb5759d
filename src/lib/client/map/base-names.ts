// Where the base map's own names of towns stand on the screen, so that ours leave them alone.

import type { Map as MapLibreMap } from 'maplibre-gl';
import { textWidthEm, type Box } from './declutter.ts';

const LAYER = 'base-name-town';
/** Heights of the Chinese line and of the English one beneath it, in sizes of the Chinese text. */
const LINES_EM = 1.15 * (1 + 0.68);

/** Pixels; as MapLibre placed them last, none where the base map is not ours. */
export function namesOnBase(map: MapLibreMap): Box[] {
	if (!map.getLayer(LAYER)) return [];
	return map.queryRenderedFeatures({ layers: [LAYER] }).flatMap(({ geometry, properties, layer }) => {
		if (geometry.type !== 'Point') return [];
		const { x, y } = map.project(geometry.coordinates as [number, number]);
		const sizePx = Number((layer.layout as Record<string, unknown> | undefined)?.['text-size']);
		if (!(sizePx > 0)) return [];
		const half = (textWidthEm(String(properties['name'])) * sizePx) / 2;
		const tall = (LINES_EM * sizePx) / 2;
		return [{ left: x - half, right: x + half, top: y - tall, bottom: y + tall }];
	});
}
