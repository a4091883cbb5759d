// Construction hoists: a symbol with two arrows.

import { MarkLayer } from '../gl/mark-layer.ts';
import type { MapPalette } from '../map-palette.ts';
import type { MarkTable } from '../mark-table.ts';
import type { ZoomBand } from '../zoom-band.ts';

export function hoistLayer(table: MarkTable, band: ZoomBand, palette: MapPalette) {
	const isNear = band === 'near';
	return new MarkLayer({
		id: 'hoist-mark',
		data: table.data,
		palette,
		radiusPx: isNear ? 7.5 : 3,
		hasSign: isNear,
		calm: isNear ? 1 : 0.85,
		pickable: true,
	});
}
