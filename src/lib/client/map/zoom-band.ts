// What is drawn at which distance: from far away clusters, then symbols, near the objects themselves.

export type ZoomBand = 'far' | 'middle' | 'near';

/** Zooms at which one band ends and the next begins. At 14.5 the reach of a crane is about twenty pixels. */
const MIDDLE_FROM = 12.5;
const NEAR_FROM = 14.5;

export function bandAt(zoom: number): ZoomBand {
	if (zoom >= NEAR_FROM) return 'near';
	return zoom >= MIDDLE_FROM ? 'middle' : 'far';
}
