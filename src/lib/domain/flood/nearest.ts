// Which gauge speaks for a place, and what a grid says there.

import { distanceM, type Bounds, type LngLat } from '../geo.ts';

/** The nearest of several within `radiusM`; undefined when none is near enough to speak for the place. */
export function nearest<T extends { at: LngLat }>(at: LngLat, things: readonly T[], radiusM: number): T | undefined {
	let found: T | undefined;
	let least = radiusM;
	for (const thing of things) {
		const distance = distanceM(at, thing.at);
		if (distance <= least) [found, least] = [thing, distance];
	}
	return found;
}

export interface Grid {
	bounds: Bounds;
	width: number;
	height: number;
	/** Rows from north to south; NaN where nothing is known. */
	mm: Float32Array;
}

/** The cell a place lies in; NaN outside the grid and where the grid knows nothing. */
export function mmAt({ bounds: [west, south, east, north], width, height, mm }: Grid, [lng, lat]: LngLat): number {
	if (lng < west || lng > east || lat < south || lat > north) return NaN;
	const column = Math.min(width - 1, Math.floor(((lng - west) / (east - west)) * width));
	const row = Math.min(height - 1, Math.floor(((north - lat) / (north - south)) * height));
	return mm[row * width + column]!;
}
