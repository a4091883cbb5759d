// Builds static/basemap/<code>: `npm install && npm run build` in this folder. Deterministic: the same packages
// and drawings give the same bytes. What is drawn, and from what, is told in README.md.

import { mkdirSync, writeFileSync } from 'node:fs';
import { area, bbox, bboxPolygon, centerOfMass, difference, featureCollection } from '@turf/turf';
import { drawn } from './drawn/read.mjs';
import { drawLabels } from './layers/labels.mjs';
import { drawLanduse } from './layers/landuse.mjs';
import { drawLines } from './layers/lines.mjs';
import { meta } from './layers/meta.mjs';
import { computeTowns } from './layers/towns.mjs';
import { drawWater } from './layers/water.mjs';
import { BBOX, CITY, CITY_CODES, CODE, DECIMALS, LEAST_IOU, NAME, NAME_EN } from './place.mjs';
import { bordersOf } from './shape/mesh.mjs';
import { planeAt } from './shape/plane.mjs';
import { roundGeometry } from './shape/round.mjs';
import { districtsOf, intersectionOverUnion, tiandituOutline } from './sources/boundary.mjs';
import { townCodes } from './sources/gazetteer.mjs';

/** The veil over what lies outside reaches beyond anything the map can be dragged to. */
const VEIL_BBOX = [110, 22, 130, 38];

const out = new URL(`../../static/basemap/${CODE}/`, import.meta.url);

function write(layer, features) {
	const lines = features.map(({ properties, geometry }) =>
		JSON.stringify({ type: 'Feature', properties, geometry: roundGeometry(geometry, DECIMALS) }),
	);
	const text = `{"type":"FeatureCollection","features":[\n${lines.join(',\n')}\n]}\n`;
	writeFileSync(new URL(`${layer}.geojson`, out), text);
	console.log(
		`${layer.padEnd(11)} ${String(features.length).padStart(4)} features ${(text.length / 1024).toFixed(0).padStart(4)} KB`,
	);
}

const asFeature = (geometry) => ({ type: 'Feature', properties: {}, geometry });

const districts = districtsOf(CITY_CODES);
const district = districts.find(({ properties }) => properties.code === CODE);
const agreement = intersectionOverUnion(district, tiandituOutline(CODE));
console.log(`${NAME} ${NAME_EN}: the two boundary sources agree to ${agreement.toFixed(3)}`);
if (agreement < LEAST_IOU)
	throw new Error(`The outlines of ${CODE} agree only to ${agreement.toFixed(3)}, less than ${LEAST_IOU}.`);

const plane = planeAt(centerOfMass(district).geometry.coordinates);
const codes = townCodes(CODE);
const seats = drawn('towns').map(({ properties, geometry }) => ({ ...properties, anchors: geometry.coordinates }));

const computed = computeTowns(seats, district, plane);
const towns = computed.areas.map(({ geometry }, i) => {
	const { name, nameEn, anchors } = seats[i];
	const code = codes.get(name);
	if (!code) throw new Error(`The gazetteer has no ${name}.`);
	return {
		properties: { code, name, nameEn, seat: anchors[0], source: 'computed from hand-placed seats', note: '示意' },
		geometry,
	};
});
towns.sort((a, b) => a.properties.code.localeCompare(b.properties.code));

const water = drawWater(BBOX, plane);
const land = towns.map(({ properties: { code, name }, geometry }) => {
	const dry = water.reduce(
		(rest, wet) => difference(featureCollection([rest, asFeature(wet.geometry)])),
		asFeature(geometry),
	);
	return { properties: { code, name, note: '示意' }, geometry: dry.geometry };
});
const isShown = ([lng, lat]) => lng > BBOX[0] && lng < BBOX[2] && lat > BBOX[1] && lat < BBOX[3];
const neighbours = districts.filter(
	(feature) => feature.properties.code !== CODE && isShown(centerOfMass(feature).geometry.coordinates),
);
const neighbourBorders = bordersOf(neighbours, district, { toleranceM: 120, clearM: 400 }, plane);

mkdirSync(out, { recursive: true });
write('district', [
	{ properties: { code: CODE, name: NAME, nameEn: NAME_EN, note: '示意' }, geometry: district.geometry },
]);
write('veil', [
	{
		properties: {},
		geometry: difference(featureCollection([bboxPolygon(VEIL_BBOX), asFeature(district.geometry)])).geometry,
	},
]);
write('neighbours', [
	{ properties: { note: '示意' }, geometry: { type: 'MultiLineString', coordinates: neighbourBorders } },
]);
write('towns', towns);
write('land', land);
write('water', water);
write('lines', [
	...drawLines(BBOX, plane),
	...computed.borders.map(({ geometry }) => ({ properties: { class: 'townBorder', note: '示意' }, geometry })),
]);
write('landuse', drawLanduse(plane, district, water));
write('labels', drawLabels({ district: { code: CODE, name: NAME, nameEn: NAME_EN }, towns, land }, plane));

const about = meta({
	code: CODE,
	name: NAME,
	nameEn: NAME_EN,
	city: CITY,
	bbox: BBOX,
	districtBbox: bbox(district).map((value) => Number(value.toFixed(DECIMALS))),
	areaKm2: Math.round(area(district) / 1e5) / 10,
	agreement,
});
writeFileSync(new URL('meta.json', out), `${JSON.stringify(about, null, '\t')}\n`);
