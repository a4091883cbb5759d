// Datums a file may be in, and the way from each to WGS 84 and back. The register keeps WGS 84 only.

import gcoord from 'gcoord';
import type { MultiPolygon, Position } from 'geojson';
import proj4 from 'proj4';
import type { LngLat } from '../geo.ts';

export type Datum = 'wgs84' | 'cgcs2000' | 'gcj02' | 'bd09' | `EPSG:${number}`;

/** EPSG codes with a definition: geographic, Web Mercator, CGCS2000 Gauss-Krüger, WGS 84 / UTM. */
export function definitionOf(code: number): string | undefined {
	if (code === 4326 || code === 4490) return `+proj=longlat +${code === 4326 ? 'datum=WGS84' : 'ellps=GRS80'} +no_defs`;
	if (code === 3857) return '+proj=merc +a=6378137 +b=6378137 +lon_0=0 +k=1 +units=m +no_defs';
	if (code >= 32601 && code <= 32660) return `+proj=utm +zone=${code - 32600} +datum=WGS84 +units=m +no_defs`;
	if (code >= 32701 && code <= 32760) return `+proj=utm +zone=${code - 32700} +south +datum=WGS84 +units=m +no_defs`;
	// CGCS2000 / 6-degree zones 13–23 with and without the zone before the easting, then 3-degree zones 25–45 likewise.
	if (code >= 4491 && code <= 4501) return gauss((code - 4491) * 6 + 75, (code - 4491 + 13) * 1_000_000);
	if (code >= 4502 && code <= 4512) return gauss((code - 4502) * 6 + 75, 0);
	if (code >= 4513 && code <= 4533) return gauss((code - 4513) * 3 + 75, (code - 4513 + 25) * 1_000_000);
	if (code >= 4534 && code <= 4554) return gauss((code - 4534) * 3 + 75, 0);
	return undefined;
}

function gauss(centralMeridian: number, zonePrefix: number): string {
	return `+proj=tmerc +lat_0=0 +lon_0=${centralMeridian} +k=1 +x_0=${zonePrefix + 500_000} +y_0=0 +ellps=GRS80 +units=m +no_defs`;
}

/** Of two names that begin alike the longer one comes first: it is looked for in the names of columns too. */
const NAMES: Readonly<Record<string, Datum>> = {
	wgs84: 'wgs84',
	wgs1984: 'wgs84',
	gps: 'wgs84',
	cgcs2000: 'cgcs2000',
	国家2000: 'cgcs2000',
	'2000国家大地坐标系': 'cgcs2000',
	天地图: 'cgcs2000',
	gcj02: 'gcj02',
	火星坐标: 'gcj02',
	火星: 'gcj02',
	高德: 'gcj02',
	腾讯: 'gcj02',
	bd09ll: 'bd09',
	bd09: 'bd09',
	百度: 'bd09',
};

/** Reads `wgs84`, `GCJ-02`, `EPSG:4549`, `4549`, `国家2000`; undefined for what is not understood. */
export function readDatum(written: string): Datum | undefined {
	const flat = flattened(written);
	if (Object.hasOwn(NAMES, flat)) return NAMES[flat];
	const code = /^(?:epsg:?)?(\d{4,5})$/.exec(flat)?.[1];
	return code !== undefined && definitionOf(Number(code)) ? `EPSG:${Number(code)}` : undefined;
}

function flattened(written: string): string {
	return written
		.normalize('NFKC')
		.toLowerCase()
		.replace(/[\s_-]+/g, '');
}

const nameIn = (flat: string) => Object.keys(NAMES).find((name) => flat.includes(name));

/** The datum that a name of a column speaks of, such as 高德经度 or lng_bd09; undefined when it speaks of none. */
export function datumInWords(name: string): Datum | undefined {
	const found = nameIn(flattened(name));
	return found === undefined ? undefined : NAMES[found];
}

/** A name of a column without the datum it speaks of. */
export function withoutDatum(name: string): string {
	const flat = flattened(name);
	return flat.replace(nameIn(flat) ?? '', '');
}

/** Whether coordinates of this datum are metres rather than degrees. */
export function isProjected(datum: Datum): boolean {
	return datum.startsWith('EPSG:') && datum !== 'EPSG:4326' && datum !== 'EPSG:4490';
}

/** Degrees of WGS 84 and CGCS2000 are the same to a metre; a file that says it is in GCJ-02 or BD-09 is believed. */
export function agree(declared: Datum, said: Datum): boolean {
	const isShifted = said === 'gcj02' || said === 'bd09';
	return declared === said || (!isShifted && !isProjected(declared) && !isProjected(said));
}

const CALLED: Record<string, string> = { wgs84: 'WGS 84', cgcs2000: 'CGCS2000', gcj02: 'GCJ-02', bd09: 'BD-09' };

/** As people call it; an EPSG code is its own name. */
export function nameOf(datum: string): string {
	return CALLED[datum] ?? datum;
}

/**
 * The way from a datum to WGS 84, rounded to a millimetre. CGCS2000 differs from WGS 84 by centimetres and is taken as it is.
 * GCJ-02 and BD-09 are undone iteratively, good to less than a metre; outside China they are the same as WGS 84.
 */
export function toWgs84(datum: Datum): (position: Position) => LngLat {
	return turned(datum, 'to');
}

/** The way back, for files that go out. */
export function fromWgs84(datum: Datum): (position: Position) => LngLat {
	return turned(datum, 'from');
}

function turned(datum: Datum, direction: 'to' | 'from'): (position: Position) => LngLat {
	if (datum === 'gcj02' || datum === 'bd09') {
		const other = datum === 'gcj02' ? gcoord.GCJ02 : gcoord.BD09;
		const [source, target] = direction === 'to' ? [other, gcoord.WGS84] : [gcoord.WGS84, other];
		// gcoord changes an array it is given, so it gets its own.
		return ([x, y]) => rounded(gcoord.transform([x!, y!], source, target) as LngLat, 8);
	}
	if (!isProjected(datum)) return ([x, y]) => rounded([x!, y!], 8);

	const code = Number(datum.slice('EPSG:'.length));
	const definition = definitionOf(code);
	if (!definition) throw new RangeError(`No definition of ${datum}.`);
	const way = proj4(definition, '+proj=longlat +datum=WGS84 +no_defs');
	return direction === 'to'
		? ([x, y]) => rounded(way.forward([x!, y!]) as LngLat, 8)
		: ([x, y]) => rounded(way.inverse([x!, y!]) as LngLat, 3);
}

function rounded([x, y]: LngLat, decimals: number): LngLat {
	const scale = 10 ** decimals;
	return [Math.round(x * scale) / scale, Math.round(y * scale) / scale];
}

/** Converts every corner; the shape given stays as it is. */
export function convertShape(shape: MultiPolygon, convert: (position: Position) => LngLat): MultiPolygon {
	return {
		type: 'MultiPolygon',
		coordinates: shape.coordinates.map((polygon) => polygon.map((ring) => ring.map((corner) => convert(corner)))),
	};
}
