// Lifting machines on a mast or on wheels: near, the reach and the slew of the jib to scale; farther away a symbol.

import { CraneLayer } from '../gl/crane-layer.ts';
import { MarkLayer } from '../gl/mark-layer.ts';
import type { MapPalette } from '../map-palette.ts';
import type { MarkTable } from '../mark-table.ts';
import type { ZoomBand } from '../zoom-band.ts';

/**
 * @param linePx - width of thin lines: wider on a wall
 * @param isStill - jibs jump from reading to reading instead of turning
 */
export function craneLayers(table: MarkTable, band: ZoomBand, palette: MapPalette, linePx: number, isStill: boolean) {
	const isNear = band === 'near';
	const mark = new MarkLayer({
		id: 'crane-mark',
		data: table.data,
		palette,
		radiusPx: isNear ? 8 : 3.4,
		hasSign: isNear,
		calm: isNear ? 1 : 0.85,
		pickable: true,
	});
	if (!isNear) return [mark];
	const turns = isStill ? null : table.turns;
	return [new CraneLayer({ id: 'crane-reach', data: table.data, palette, linePx, turns, pickable: false }), mark];
}
