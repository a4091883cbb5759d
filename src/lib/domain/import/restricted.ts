// Topographic data of a large area is a state secret; the registers brought in here never are such data. A layer that
// looks like it and covers too much is refused before any of it is stored.

import type { Position } from 'geojson';

/** Names of layers and columns that surveys of the ground use and registers of sites do not. */
const TOPOGRAPHIC = /地形|等高线|高程点|测图|\bdlg\b|contour|topograph|hypsograph/i;

export function looksTopographic(names: readonly string[]): boolean {
	return names.some((name) => TOPOGRAPHIC.test(name));
}

const KM_PER_DEGREE = 111.195;

/** Square kilometres of the box around positions in WGS 84: what the layer covers, counted generously. */
export function coveredKm2(positions: readonly Position[]): number {
	let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const [lng, lat] of positions as [number, number][]) {
		west = Math.min(west, lng);
		south = Math.min(south, lat);
		east = Math.max(east, lng);
		north = Math.max(north, lat);
	}
	if (!(east > west && north > south)) return 0;
	return (
		(east - west) * KM_PER_DEGREE * Math.cos((((south + north) / 2) * Math.PI) / 180) * (north - south) * KM_PER_DEGREE
	);
}
