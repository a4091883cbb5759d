// Everything that is written on the map: towns where they have most room, wide rivers along their middle,
// and the drawn names.

import { featureCollection, union } from '@turf/turf';
import { drawn } from '../drawn/read.mjs';
import { deepestPoint } from '../shape/inside.mjs';
import { curveThrough, thin } from '../shape/line.mjs';

/** @param land towns without water, in the order of the towns */
export function drawLabels({ district, towns, land }, plane) {
	const ofDistrict = {
		properties: { class: 'district', ...district },
		geometry: { type: 'Point', coordinates: deepestPoint(mergeOf(land), plane) },
	};
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
	return [ofDistrict, ...ofTowns, ...ofRivers, ...drawn('labels')];
}

const mergeOf = (areas) =>
	union(featureCollection(areas.map(({ geometry }) => ({ type: 'Feature', properties: {}, geometry })))).geometry;
