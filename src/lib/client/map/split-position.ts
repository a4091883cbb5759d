// Positions for the graphics card, which calculates with 24 bits: the nearest single-precision number and what is
// missing. Together they are exact to a tenth of a millimetre.

import gcoord from 'gcoord';
import type { BaseDatum } from './base-map.ts';

/** Writes one position into the two arrays, moved onto the datum of the base map. */
export function writePosition(
	high: Float32Array,
	low: Float32Array,
	slot: number,
	lng: number,
	lat: number,
	datum: BaseDatum,
): void {
	if (datum === 'gcj02') {
		const [x, y] = toBase([lng, lat], datum);
		return writePosition(high, low, slot, x, y, 'wgs84');
	}
	const at = slot * 2;
	high[at] = lng;
	high[at + 1] = lat;
	low[at] = lng - high[at]!;
	low[at + 1] = lat - high[at + 1]!;
}

/** A WGS 84 position as the base map needs it. Stored data are never moved the other way. */
export function toBase([lng, lat]: readonly [number, number], datum: BaseDatum): [number, number] {
	if (datum === 'wgs84') return [lng, lat];
	return gcoord.transform([lng, lat], gcoord.WGS84, gcoord.GCJ02) as [number, number];
}

/** A point of a GCJ-02 base map (where the person clicked) as WGS 84. */
export function fromBase([lng, lat]: readonly [number, number], datum: BaseDatum): [number, number] {
	if (datum === 'wgs84') return [lng, lat];
	return gcoord.transform([lng, lat], gcoord.GCJ02, gcoord.WGS84) as [number, number];
}
