// Water as areas: the sea from the source, rivers and lakes from the drawings.

import { bboxClip, featureCollection, multiPolygon, polygon, union } from '@turf/turf';
import { drawn } from '../drawn/read.mjs';
import { roundRing, thin } from '../shape/line.mjs';
import { ribbon } from '../shape/ribbon.mjs';
import { waterbodies } from '../sources/waterbodies.mjs';

/** The source's inland shapes are triangles and stumps; only what is larger is taken, which leaves the sea. */
const SEA_KM2 = 500;
/** Smoothing needs some room beyond the edge that is shown. */
const MARGIN_DEG = 0.1;
const TOLERANCE_M = 8;

const inMetres = (plane, ring, work) => work(ring.map(plane.toXy)).map(plane.toLngLat);

export function drawWater(bbox, plane) {
	const wider = [bbox[0] - MARGIN_DEG, bbox[1] - MARGIN_DEG, bbox[2] + MARGIN_DEG, bbox[3] + MARGIN_DEG];
	const sea = waterbodies(wider, SEA_KM2).map(({ geometry }) =>
		polygon(geometry.coordinates.map((ring) => inMetres(plane, ring, (xy) => thin(roundRing(thin(xy, 120), 3), 15)))),
	);
	const features = drawn('water');
	const rivers = features.filter(({ properties }) => properties.kind === 'river');
	const ribbons = rivers.map(({ properties, geometry }) =>
		ribbon(
			geometry.coordinates.map((point, i) => [...point, properties.halfWidthsM[i]]),
			plane,
		),
	);
	const joined = union(featureCollection([...sea, ...ribbons])).geometry;
	const parts = joined.type === 'Polygon' ? [joined.coordinates] : joined.coordinates;
	const thinned = multiPolygon(
		parts.map((rings) => rings.map((ring) => inMetres(plane, ring, (xy) => thin(xy, TOLERANCE_M)))),
	);

	return [
		{
			properties: {
				kind: 'river',
				name: '钱塘江水系与杭州湾',
				nameEn: 'Qiantang River, tributaries and Hangzhou Bay',
				source: 'OpenStreetMap (sea), drawn (rivers)',
				note: '示意',
			},
			geometry: bboxClip(thinned, bbox).geometry,
		},
		...features
			.filter(({ properties }) => properties.kind === 'lake')
			.map(({ properties, geometry }) => ({
				properties: { ...properties, source: 'drawn', note: '示意' },
				geometry: { type: 'Polygon', coordinates: geometry.coordinates.map((ring) => roundRing(ring, 2)) },
			})),
	];
}
