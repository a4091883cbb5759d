// Everything that is written on the map: towns where they have most room, wide rivers along their middle,
// and the drawn names.

import { drawn } from '../drawn/read.mjs';
import { deepestPoint } from '../shape/inside.mjs';
import { curveThrough, thin } from '../shape/line.mjs';

/** @param land towns without water */
export function drawLabels(towns, land, plane) {
	const ofTowns = towns.map(({ properties: { code, name, nameEn } }, i) => ({
		properties: { class: 'town', code, name, nameEn },
		geometry: { type: 'Point', coordinates: deepestPoint(land[i].geometry, plane) },
	}));
	const ofRivers = drawn('water')
		.filter(({ geometry }) => geometry.type === 'LineString')
		.map(({ properties: { name, nameEn }, geometry }) => ({
			properties: { class: 'river', name, nameEn },
			geometry: {
				type: 'LineString',
				coordinates: thin(curveThrough(geometry.coordinates.map(plane.toXy), 400), 15).map(plane.toLngLat),
			},
		}));
	return [...ofTowns, ...ofRivers, ...drawn('labels')];
}
