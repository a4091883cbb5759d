// Everything that is written on the map: towns at their seats, and the drawn names.

import { drawn } from '../drawn/read.mjs';
import { curveThrough, thin } from '../shape/line.mjs';

export function drawLabels(towns, plane) {
	const ofTowns = towns.map(({ properties: { code, name, nameEn, seat } }) => ({
		properties: { class: 'town', rank: 1, code, name, nameEn },
		geometry: { type: 'Point', coordinates: seat },
	}));
	const ofOthers = drawn('labels').map(({ properties, geometry }) => ({
		properties,
		geometry:
			geometry.type === 'Point'
				? geometry
				: {
						type: 'LineString',
						coordinates: thin(curveThrough(geometry.coordinates.map(plane.toXy), 300), 10).map(plane.toLngLat),
					},
	}));
	return [...ofTowns, ...ofOthers];
}
