// Monitoring points of pits; near only, there are many.

import { MarkLayer } from '../gl/mark-layer.ts';
import type { MapPalette } from '../map-palette.ts';
import type { MarkTable } from '../mark-table.ts';

export function pointLayer(table: MarkTable, zoom: number, palette: MapPalette) {
	const isClose = zoom >= 16;
	return new MarkLayer({
		id: 'point-mark',
		data: table.data,
		palette,
		radiusPx: isClose ? 6 : 3,
		hasSign: isClose,
		pickable: true,
	});
}
