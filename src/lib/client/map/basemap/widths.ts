// Sizes that grow with the zoom.

import type { ExpressionSpecification } from 'maplibre-gl';

/** Pixels at each zoom, between them growing the way a map does. */
export function byZoom(...stops: [zoom: number, pixels: number][]): ExpressionSpecification {
	return ['interpolate', ['exponential', 1.5], ['zoom'], ...stops.flat()] as unknown as ExpressionSpecification;
}

/** The same in equal steps, for type and opacity. */
export function evenly(...stops: [zoom: number, value: number][]): ExpressionSpecification {
	return ['interpolate', ['linear'], ['zoom'], ...stops.flat()] as unknown as ExpressionSpecification;
}
