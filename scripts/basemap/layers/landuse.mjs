// Built-up areas, hills and the airport from the drawings. Edges wander a little, so that nobody takes them for surveyed.

import { difference, featureCollection, intersect, polygon } from '@turf/turf';
import { drawn } from '../drawn/read.mjs';
import { roundRing, thin } from '../shape/line.mjs';
import { noise } from '../shape/noise.mjs';

const TOLERANCE_M = 18;

const asFeature = (geometry) => ({ type: 'Feature', properties: {}, geometry });

function wander(ring, lengthM, heightM, seed) {
	return ring.map(([x, y]) => [
		x + noise(x / lengthM, y / lengthM, seed) * heightM,
		y + noise(x / lengthM, y / lengthM, seed + 1) * heightM,
	]);
}

const disc = ([x, y], radiusM) =>
	Array.from({ length: 49 }, (_, i) => [
		x + radiusM * Math.cos(((i % 48) * Math.PI) / 24),
		y + radiusM * Math.sin(((i % 48) * Math.PI) / 24),
	]);

function strip([x, y], lengthM, widthM, bearing) {
	const angle = (bearing * Math.PI) / 180;
	const [along, across] = [
		[Math.sin(angle), Math.cos(angle)],
		[Math.cos(angle), -Math.sin(angle)],
	];
	const corner = (a, b) => [0, 1].map((k) => [x, y][k] + (along[k] * a * lengthM) / 2 + (across[k] * b * widthM) / 2);
	return [corner(-1, -1), corner(-1, 1), corner(1, 1), corner(1, -1), corner(-1, -1)];
}

function ringOf({ properties, geometry }, plane) {
	const smooth = () => roundRing(geometry.coordinates[0].map(plane.toXy), 3);
	switch (properties.class) {
		case 'builtup': {
			const edge = geometry.type === 'Point' ? disc(plane.toXy(geometry.coordinates), properties.radiusM) : smooth();
			return thin(wander(wander(edge, 1100, 420, 61), 380, 130, 67), TOLERANCE_M);
		}
		case 'hills':
			return thin(wander(wander(smooth(), 1900, 500, 71), 600, 190, 73), TOLERANCE_M * 2);
		case 'airport':
			return geometry.coordinates[0].map(plane.toXy);
		case 'runway': {
			const { lengthM, widthM, bearing } = properties;
			return strip(plane.toXy(geometry.coordinates), lengthM, widthM, bearing);
		}
		default:
			throw new Error(`No drawing for ground of class ${properties.class}.`);
	}
}

/** Inside the district and outside its water. */
export function drawLanduse(plane, district, water) {
	return drawn('landuse').flatMap((feature) => {
		const whole = polygon([ringOf(feature, plane).map(plane.toLngLat)]);
		const inside = intersect(featureCollection([whole, asFeature(district.geometry)]));
		const dry = water.reduce(
			(rest, { geometry }) => rest && difference(featureCollection([rest, asFeature(geometry)])),
			inside,
		);
		return dry ? [{ properties: { class: feature.properties.class, note: '示意' }, geometry: dry.geometry }] : [];
	});
}
