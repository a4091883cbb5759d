// Sea and wide rivers from OpenStreetMap by way of @geo-maps/earth-waterbodies-1m (data ODbL, 2017).
// The file is 145 MB and coarse inland; only shapes above a least area are taken, cut to the box.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { area, bboxClip, bboxPolygon, featureCollection, flatten, intersect, polygon } from '@turf/turf';

const require = createRequire(import.meta.url);

const meets = (ring, [west, south, east, north]) => {
	let [x0, y0, x1, y1] = [Infinity, Infinity, -Infinity, -Infinity];
	for (const [x, y] of ring) {
		x0 = Math.min(x0, x);
		x1 = Math.max(x1, x);
		y0 = Math.min(y0, y);
		y1 = Math.max(y1, y);
	}
	return x1 > west && x0 < east && y1 > south && y0 < north;
};

export function waterbodies(bbox, leastKm2) {
	const file = require.resolve('@geo-maps/earth-waterbodies-1m/map.geo.json');
	// bboxClip is quick but leaves seams along its box; so it cuts wide, and the exact cut is the second one.
	const around = [bbox[0] - 1, bbox[1] - 1, bbox[2] + 1, bbox[3] + 1];
	const found = [];
	for (const { coordinates } of JSON.parse(readFileSync(file, 'utf8')).geometries) {
		for (const rings of coordinates) {
			if (!meets(rings[0], bbox)) continue;
			const inner = rings.filter((ring, at) => at === 0 || meets(ring, bbox));
			const near = bboxClip(polygon(inner), around);
			const cut = near.geometry.coordinates.length && intersect(featureCollection([near, bboxPolygon(bbox)]));
			if (cut) found.push(...flatten(cut).features.filter((part) => area(part) >= leastKm2 * 1e6));
		}
	}
	return found;
}
