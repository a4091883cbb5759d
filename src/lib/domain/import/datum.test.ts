import { describe, expect, test } from 'vitest';
import type { Position } from 'geojson';
import { distanceM, type LngLat } from '../geo.ts';
import { convertShape, fromWgs84, readDatum, toWgs84, type Datum } from './datum.ts';
import { datumOfPrj } from './prj.ts';

const XIAOSHAN: LngLat = [120.264, 30.183];

describe('F-43 control points', () => {
	test.each<[string, Datum, Position, LngLat, number]>([
		['GCJ-02 at Xiaoshan, by the public formula', 'gcj02', [120.268462, 30.180545], XIAOSHAN, 1],
		['CGCS2000 is WGS 84 here', 'cgcs2000', [120.264, 30.183], XIAOSHAN, 0.01],
		['EPSG:4490 too', 'EPSG:4490', [120.264, 30.183], XIAOSHAN, 0.01],
		['the central meridian of EPSG:4549 is 120° E', 'EPSG:4549', [500_000, 3_320_113.398], [120, 30], 0.01],
		['EPSG:4528 has its zone before the easting', 'EPSG:4528', [40_500_000, 3_320_113.398], [120, 30], 0.01],
		['UTM zone 51 N on its meridian at the equator', 'EPSG:32651', [500_000, 0], [123, 0], 0.01],
		['UTM zone 56 S', 'EPSG:32756', [500_000, 10_000_000], [153, 0], 0.01],
		['Web Mercator', 'EPSG:3857', [13_358_338.895, 3_503_549.844], [120, 30], 0.01],
	])('%s', (_, datum, given, expected, toleranceM) => {
		expect(distanceM(toWgs84(datum)(given), expected)).toBeLessThan(toleranceM);
	});

	test('GCJ-02 lies about 508 m and BD-09 1.13 km from WGS 84 at Xiaoshan', () => {
		expect(distanceM(fromWgs84('gcj02')(XIAOSHAN), XIAOSHAN)).toBeGreaterThan(480);
		expect(distanceM(fromWgs84('gcj02')(XIAOSHAN), XIAOSHAN)).toBeLessThan(540);
		expect(distanceM(fromWgs84('bd09')(XIAOSHAN), XIAOSHAN)).toBeGreaterThan(1_050);
		expect(distanceM(fromWgs84('bd09')(XIAOSHAN), XIAOSHAN)).toBeLessThan(1_250);
	});
});

const ALL: Datum[] = [
	'wgs84',
	'cgcs2000',
	'gcj02',
	'bd09',
	'EPSG:4326',
	'EPSG:4490',
	'EPSG:3857',
	'EPSG:4549',
	'EPSG:4528',
	'EPSG:32651',
	'EPSG:32650',
];
test.each(ALL)('there and back in %s stays within a metre', (datum) => {
	expect(distanceM(toWgs84(datum)(fromWgs84(datum)(XIAOSHAN)), XIAOSHAN)).toBeLessThan(1);
});

test.each(ALL)('converting from %s leaves the position and the shape given as they were', (datum) => {
	const position: Position = [120.268462, 30.180545];
	const shape = { type: 'MultiPolygon' as const, coordinates: [[[position, [121, 30], [121, 31], position]]] };
	const before = structuredClone(shape);
	toWgs84(datum)(position);
	convertShape(shape, toWgs84(datum));
	expect(shape).toEqual(before);
	expect(position).toEqual([120.268462, 30.180545]);
});

test('outside China GCJ-02 is WGS 84', () => {
	expect(toWgs84('gcj02')([-114.07, 51.05])).toEqual([-114.07, 51.05]);
});

test.each<[string, Datum | undefined]>([
	['wgs84', 'wgs84'],
	['WGS 84', 'wgs84'],
	['GCJ-02', 'gcj02'],
	['国家2000', 'cgcs2000'],
	['EPSG:4549', 'EPSG:4549'],
	['4549', 'EPSG:4549'],
	['epsg:32651', 'EPSG:32651'],
	['EPSG:2437', undefined],
	['beijing54', undefined],
	['', undefined],
])('“%s” is read as %s', (written, datum) => {
	expect(readDatum(written)).toBe(datum);
});

const CGCS =
	'GEOGCS["GCS_China_Geodetic_Coordinate_System_2000",DATUM["D_China_2000",SPHEROID["CGCS2000",6378137.0,298.257222101]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';
const WGS =
	'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]';
const gauss = (meridian: string, easting: string) =>
	`PROJCS["CGCS2000_3_Degree_GK",${CGCS},PROJECTION["Gauss_Kruger"],PARAMETER["False_Easting",${easting}],PARAMETER["False_Northing",0.0],PARAMETER["Central_Meridian",${meridian}],PARAMETER["Scale_Factor",1.0],UNIT["Meter",1.0]]`;
test.each<[string, string, Datum | undefined]>([
	['WGS 84', WGS, 'wgs84'],
	['CGCS2000', CGCS, 'cgcs2000'],
	['3-degree Gauss-Krüger at 120° E', gauss('120.0', '500000.0'), 'EPSG:4549'],
	['the same with its zone', gauss('120.0', '40500000.0'), 'EPSG:4528'],
	['UTM', `PROJCS["WGS_1984_UTM_Zone_51N",${WGS},PROJECTION["Transverse_Mercator"]]`, 'EPSG:32651'],
	[
		"Xi'an 1980, which needs parameters of its own",
		'GEOGCS["GCS_Xian_1980",DATUM["D_Xian_1980",SPHEROID["Xian_1980",6378140.0,298.257]]]',
		undefined,
	],
])('a .prj of %s', (_, wkt, datum) => {
	expect(datumOfPrj(wkt)).toBe(datum);
});
