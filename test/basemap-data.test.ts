// The offline base map as it is shipped: is every layer valid, complete and where it says it is?

import { area, booleanPointInPolygon, featureCollection, intersect, union } from '@turf/turf';
import type { Feature, FeatureCollection, Geometry, LineString, MultiPolygon, Point, Polygon, Position } from 'geojson';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { basemapStyle } from '#lib/client/map/basemap/style.ts';

type Area = Polygon | MultiPolygon;
const folder = join(import.meta.dirname, '../static/basemap/330109');
const read = <G extends Geometry>(layer: string) =>
	JSON.parse(readFileSync(join(folder, `${layer}.geojson`), 'utf8')) as FeatureCollection<G, Record<string, unknown>>;
const meta = JSON.parse(readFileSync(join(folder, 'meta.json'), 'utf8')) as {
	bbox: [number, number, number, number];
	districtBbox: [number, number, number, number];
	attribution: Record<'zh' | 'en', string[]>;
	layers: Record<string, { source: string; licence: string; vintage: string }>;
};

const LAYERS = readdirSync(folder)
	.filter((file) => file.endsWith('.geojson'))
	.map((file) => file.replace('.geojson', ''));
const district = read<Area>('district').features[0]!;
const towns = read<Area>('towns').features;
const land = read<Area>('land').features;
const water = read<Area>('water').features;

const ringsOf = (area: Area): Position[][] => (area.type === 'Polygon' ? area.coordinates : area.coordinates.flat());
const areasOf = (layer: string) =>
	read<Geometry>(layer).features.filter((feature): feature is Feature<Area, Record<string, unknown>> =>
		feature.geometry.type.endsWith('Polygon'),
	);
const townNamed = (name: string) => land.find(({ properties }) => properties.name === name)!;

describe.each(LAYERS)('%s', (layer) => {
	test('has closed rings of at least three different corners', () => {
		const bad = areasOf(layer)
			.flatMap(({ geometry }) => ringsOf(geometry))
			.filter((ring) => ring.length < 4 || String(ring[0]) !== String(ring.at(-1)));
		expect(bad).toEqual([]);
	});

	test('has coordinates of at most five decimals', () => {
		const text = readFileSync(join(folder, `${layer}.geojson`), 'utf8');
		expect(/\d\.\d{6,}/.exec(text)).toBeNull();
	});
});

test('every layer but the veil says its source, licence and year', () => {
	expect(Object.keys(meta.layers).sort()).toEqual(LAYERS.filter((layer) => layer !== 'veil').sort());
	for (const about of Object.values(meta.layers)) {
		expect(about.source && about.licence && about.vintage).toBeTruthy();
	}
	expect(meta.attribution.zh.join()).toMatch(/OpenStreetMap.*ODbL.*非法定界线/);
	expect(meta.attribution.en.join()).toMatch(/OpenStreetMap.*ODbL.*not statutory/);
});

test('the style finds every layer it draws', () => {
	const { sources } = basemapStyle({ theme: 'dark', base: '' });
	const wanted = Object.values(sources).map((source) => String('data' in source && source.data));
	const there = LAYERS.map((layer) => `/${layer}.geojson`);
	expect(wanted.filter((file) => !there.includes(file))).toEqual([]);
	expect(wanted.length).toBeGreaterThan(0);
});

test('the folder stays small enough for a closed network', () => {
	const bytes = readdirSync(folder).reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
	expect(bytes).toBeLessThan(350_000);
});

test.each(['water', 'lines', 'labels', 'landuse'])('%s lies inside the box of the map', (layer) => {
	const [west, south, east, north] = meta.bbox;
	const points = read<Geometry>(layer).features.flatMap(({ geometry }) =>
		'coordinates' in geometry ? (geometry.coordinates.flat(Infinity) as number[]) : [],
	);
	const lngs = points.filter((_, i) => i % 2 === 0);
	const lats = points.filter((_, i) => i % 2 === 1);
	const beyond = [
		...lngs.filter((lng) => lng < west - 0.05 || lng > east + 0.05),
		...lats.filter((lat) => lat < south - 0.05 || lat > north + 0.05),
	];
	expect(beyond).toEqual([]);
});

describe('the towns', () => {
	test('are 22 with their own names and nine-digit codes', () => {
		expect(towns).toHaveLength(22);
		expect(new Set(towns.map(({ properties }) => properties.code)).size).toBe(22);
		expect(new Set(towns.map(({ properties }) => properties.name)).size).toBe(22);
		for (const { properties } of towns) {
			expect(properties.code).toMatch(/^330109\d{3}$/);
			expect(properties.name).toMatch(/[街道镇]$/);
			expect(properties.nameEn).toMatch(/^[A-Z][a-z]+$/);
			expect(properties.note).toBe('示意');
		}
	});

	test('hold their own seats', () => {
		const astray = towns.filter(
			({ properties, geometry }) => !booleanPointInPolygon(properties.seat as Position, geometry),
		);
		expect(astray.map(({ properties }) => properties.name)).toEqual([]);
	});

	test('cover at least 97 % of the district and nothing else', () => {
		const all = union(featureCollection(towns))!;
		const inside = intersect(featureCollection([all, district]))!;
		expect(area(inside) / area(district)).toBeGreaterThan(0.97);
		expect(area(inside) / area(all)).toBeGreaterThan(0.999);
	});

	test('overlap by less than half a percent', () => {
		const sum = towns.reduce((total, town) => total + area(town), 0);
		const all = area(union(featureCollection(towns))!);
		expect((sum - all) / all).toBeLessThan(0.005);
		expect(sum).toBeGreaterThan(0);
	});
});

describe('the land', () => {
	test('is every town without its water', () => {
		expect(land.map(({ properties }) => properties.code)).toEqual(towns.map(({ properties }) => properties.code));
		const total = land.reduce((sum, { geometry }) => sum + area(geometry), 0);
		expect(total / area(district)).toBeGreaterThan(0.9);
		expect(total / area(district)).toBeLessThan(0.99);
		for (const dry of land) {
			for (const wet of water) {
				const both = intersect(featureCollection<Area>([dry, wet]));
				expect(both ? area(both) : 0).toBeLessThan(3000);
			}
		}
	});

	test.each([
		['the office of Beigan', '北干街道', [120.263, 30.186], true],
		['the middle of the Qiantang off Yingfeng', '盈丰街道', [120.25, 30.2795], false],
		['Xianghu Lake', '闻堰街道', [120.2165, 30.1415], false],
		['the airport, which is not in Louta', '楼塔镇', [120.434, 30.23], false],
	] as const)('answers for %s', (_, name, at, isDry) => {
		expect(booleanPointInPolygon([...at], townNamed(name))).toBe(isDry);
	});
});

describe('the water', () => {
	test('has the tidal river, Xianghu and West Lake', () => {
		expect(water.map(({ properties }) => properties.name)).toEqual(
			expect.arrayContaining(['钱塘江水系与杭州湾', '湘湖', '西湖']),
		);
	});

	test('is where water is and not where it is not', () => {
		const isWet = (...at: Position) => water.some((wet) => booleanPointInPolygon(at, wet));
		expect(isWet(120.27, 30.289)).toBe(true);
		expect(isWet(120.9, 30.35)).toBe(true);
		expect(isWet(120.264, 30.166)).toBe(false);
		expect(isWet(120.434, 30.23)).toBe(false);
	});
});

test('the line work has the classes the style draws, each with names in two languages', () => {
	const lines = read<LineString>('lines').features;
	const classes = new Set(lines.map(({ properties }) => properties.class));
	expect([...classes].sort()).toEqual(
		['canal', 'expressway', 'metro', 'primary', 'rail', 'river', 'secondary', 'townBorder'].sort(),
	);
	const unnamed = lines.filter(
		({ properties }) => properties.class !== 'townBorder' && !(properties.name && properties.nameEn),
	);
	expect(unnamed).toEqual([]);
	const metro = lines.filter(({ properties }) => properties.class === 'metro').map(({ properties }) => properties.name);
	expect(metro).toEqual(expect.arrayContaining([1, 2, 5, 7, 19].map((number) => `地铁${number}号线`)));
});

test('every town is named on the map inside its own land', () => {
	const names = read<Point>('labels').features.filter(({ properties }) => properties.class === 'town');
	expect(names).toHaveLength(22);
	const astray = names.filter(
		({ properties, geometry }) =>
			!booleanPointInPolygon(
				geometry,
				land.find((dry) => dry.properties.code === properties.code)!,
			),
	);
	expect(astray.map(({ properties }) => properties.name)).toEqual([]);
});
