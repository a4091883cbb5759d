// Lifting machines on a mast or on wheels: near, the reach and the slew of the jib to scale; farther away a symbol.

import { CraneLayer } from '../gl/crane-layer.ts';
import { MarkLayer } from '../gl/mark-layer.ts';
import type { MapPalette } from '../map-palette.ts';
import type { MarkTable } from '../mark-table.ts';
import type { ZoomBand } from '../zoom-band.ts';

export interface CraneLook {
	band: ZoomBand;
	palette: MapPalette;
	/** Width of thin lines: wider on a wall. */
	linePx: number;
	/** Jibs jump from reading to reading instead of turning. */
	isStill: boolean;
}

/** @param reach - the table that reaches and jibs are drawn from; none yet while a large picture arrives */
export function craneLayers(
	table: MarkTable,
	reach: MarkTable | undefined,
	{ band, palette, linePx, isStill }: CraneLook,
) {
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
	if (!isNear || !reach) return [mark];
	const turns = isStill ? null : reach.turns;
	return [new CraneLayer({ id: 'crane-reach', data: reach.data, palette, linePx, turns, pickable: false }), mark];
}
