// Outlines drawn by hand on a map.

import type { LngLat } from './geo.ts';

/**
 * Whether a place lies inside an outline, by the even–odd rule; an outline of a district is small enough to be plane.
 *
 * @param ring - corners in order, the first not repeated; fewer than three enclose nothing
 */
export function isInside(ring: readonly LngLat[], [lng, lat]: LngLat): boolean {
	let inside = false;
	for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
		const [[aLng, aLat], [bLng, bLat]] = [ring[i]!, ring[j]!];
		if (aLat > lat !== bLat > lat && lng < ((bLng - aLng) * (lat - aLat)) / (bLat - aLat) + aLng) inside = !inside;
	}
	return inside;
}
