// A square on the map, for tests.

import type { MultiPolygon } from 'geojson';
import { moved, type LngLat } from '../geo.ts';

/** @param halfM - metres from the middle to each side */
export function square(center: LngLat, halfM: number): MultiPolygon {
	const corners = [45, 135, 225, 315].map((bearing) => moved(center, bearing, halfM * Math.SQRT2));
	return { type: 'MultiPolygon', coordinates: [[[...corners, corners[0]!]]] };
}
