// Sizes that grow with the zoom.

import type { ExpressionSpecification } from 'maplibre-gl';

/** Zoom, pixels, zoom, pixels, …; between them growing the way a map does. */
export function byZoom(...stops: number[]): ExpressionSpecification {
	return ['interpolate', ['exponential', 1.5], ['zoom'], ...stops] as unknown as ExpressionSpecification;
}

/** The same in equal steps, for type and opacity. */
export function evenly(...stops: number[]): ExpressionSpecification {
	return ['interpolate', ['linear'], ['zoom'], ...stops] as unknown as ExpressionSpecification;
}
