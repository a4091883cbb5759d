// Roads, railways, metro and narrow water: the drawn points with a curve run through them.

import { bboxClip } from '@turf/turf';
import { drawn } from '../drawn/read.mjs';
import { curveThrough, thin } from '../shape/line.mjs';

const STEP_M = 120;
const TOLERANCE_M = 9;

export function drawLines(bbox, plane) {
	return drawn('lines').map(({ properties, geometry }) => {
		const curve = thin(curveThrough(geometry.coordinates.map(plane.toXy), STEP_M), TOLERANCE_M);
		const line = {
			type: 'Feature',
			properties: {},
			geometry: { type: 'LineString', coordinates: curve.map(plane.toLngLat) },
		};
		return { properties: { ...properties, note: '示意' }, geometry: bboxClip(line, bbox).geometry };
	});
}
