// Where the camera goes: to an object, around everything of a site, around the district; always into the part of the
// map that no panel covers.

import type { Map as MapLibreMap } from 'maplibre-gl';
import type { Padding } from './map-types.ts';

type LngLat = [number, number];
type Bounds = [west: number, south: number, east: number, north: number];

/** Air around what is shown, pixels. */
const AIR_PX = 28;
/** An object is looked at from here at least: its surroundings can be told apart. */
const OBJECT_ZOOM = 16;
const CLOSEST_ZOOM = 17.5;
const FLIGHT_MS = 900;

/** Panels may cover more than there is on a phone; some map must stay. */
export function freePadding(padding: Padding, width: number, height: number): Padding {
	const fit = (a: number, b: number, room: number): [number, number] => {
		const most = Math.max(0, room * 0.75 - 2 * AIR_PX);
		const scale = a + b > most ? most / (a + b) : 1;
		return [a * scale + AIR_PX, b * scale + AIR_PX];
	};
	const [left, right] = fit(padding.left, padding.right, width);
	const [top, bottom] = fit(padding.top, padding.bottom, height);
	return { top, right, bottom, left };
}

export function boundsOf(points: Iterable<LngLat>): Bounds | null {
	let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const [lng, lat] of points) {
		west = Math.min(west, lng);
		east = Math.max(east, lng);
		south = Math.min(south, lat);
		north = Math.max(north, lat);
	}
	return west <= east ? [west, south, east, north] : null;
}

export function fitBounds(map: MapLibreMap, bounds: Bounds, padding: Padding): void {
	const { clientWidth, clientHeight } = map.getContainer();
	map.fitBounds(bounds, {
		padding: freePadding(padding, clientWidth, clientHeight),
		maxZoom: CLOSEST_ZOOM,
		duration: FLIGHT_MS,
		bearing: 0,
		pitch: 0,
	});
}

export function flyTo(map: MapLibreMap, center: LngLat, padding: Padding, zoom?: number): void {
	const { clientWidth, clientHeight } = map.getContainer();
	const { top, right, bottom, left } = freePadding(padding, clientWidth, clientHeight);
	map.flyTo({
		center,
		zoom: zoom ?? Math.max(map.getZoom(), OBJECT_ZOOM),
		offset: [(left - right) / 2, (top - bottom) / 2],
		duration: FLIGHT_MS,
	});
}
