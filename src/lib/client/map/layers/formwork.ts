// High formwork supports, while they stand.

import { MarkLayer } from '../gl/mark-layer.ts';
import type { MapPalette } from '../map-palette.ts';
import type { MarkTable } from '../mark-table.ts';
import type { ZoomBand } from '../zoom-band.ts';

export function formworkLayer(table: MarkTable, band: ZoomBand, palette: MapPalette) {
	const isNear = band === 'near';
	return new MarkLayer({
		id: 'formwork-mark',
		data: table.data,
		palette,
		radiusPx: isNear ? 9 : 4,
		hasSign: isNear,
		pickable: true,
	});
}
