// Fixed decimals for every coordinate, without repeated points, and rings wound as GeoJSON wants them.

import { rewind } from '@turf/turf';

const same = (a, b) => a[0] === b[0] && a[1] === b[1];

function roundLine(line, decimals, least) {
	const out = [];
	for (const point of line) {
		const at = point.slice(0, 2).map((value) => Number(value.toFixed(decimals)));
		if (!out.length || !same(out.at(-1), at)) out.push(at);
	}
	return out.length < least ? undefined : out;
}

const roundRings = (rings, decimals) => rings.map((ring) => roundLine(ring, decimals, 4)).filter(Boolean);

export function roundGeometry(geometry, decimals) {
	switch (geometry.type) {
		case 'Point':
			return { type: 'Point', coordinates: geometry.coordinates.map((value) => Number(value.toFixed(decimals))) };
		case 'LineString':
			return { type: 'LineString', coordinates: roundLine(geometry.coordinates, decimals, 2) };
		case 'MultiLineString': {
			const lines = geometry.coordinates.map((line) => roundLine(line, decimals, 2)).filter(Boolean);
			return { type: 'MultiLineString', coordinates: lines };
		}
		case 'Polygon':
			return rewind({ type: 'Polygon', coordinates: roundRings(geometry.coordinates, decimals) });
		case 'MultiPolygon': {
			const parts = geometry.coordinates.map((rings) => roundRings(rings, decimals)).filter((rings) => rings.length);
			const wound = parts.map((coordinates) => rewind({ type: 'Polygon', coordinates }).coordinates);
			return wound.length === 1
				? { type: 'Polygon', coordinates: wound[0] }
				: { type: 'MultiPolygon', coordinates: wound };
		}
		default:
			throw new Error(`No rounding for ${geometry.type}.`);
	}
}
