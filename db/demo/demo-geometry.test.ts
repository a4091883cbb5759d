import {
	bboxClip,
	booleanPointInPolygon,
	distance,
	featureCollection,
	intersect,
	area,
	kinks,
	polygon,
} from '@turf/turf';
import Flatbush from 'flatbush';
import type { Feature, MultiPolygon, Point, Polygon, Position } from 'geojson';
import { describe, expect, test } from 'vitest';
import { demoDistrict, towns, water } from './district.fixture.ts';
import { outerRings } from './plane.ts';

const district = demoDistrict();
const feature = <G extends Polygon | MultiPolygon | Point>(geometry: G): Feature<G> => ({
	type: 'Feature',
	properties: {},
	geometry,
});
const boundary = new Map(district.site.map((site) => [site.id, feature(site.boundary)]));
const ringOf = (geometry: MultiPolygon): Position[] => geometry.coordinates[0]![0]!;
const town = new Map(towns.features.map((entry) => [entry.properties.code, entry]));
const common = (a: Feature<Polygon | MultiPolygon>, b: Feature<Polygon | MultiPolygon>): number => {
	const part = intersect(featureCollection<Polygon | MultiPolygon>([a, b]));
	return part ? area(part) : 0;
};
const boxOf = (geometry: MultiPolygon): [number, number, number, number] => {
	const positions = geometry.coordinates.flat(2);
	const [xs, ys] = [positions.map(([x]) => x!), positions.map(([, y]) => y!)];
	return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)];
};

describe('red lines', () => {
	test('have four to nine corners and do not cross themselves', () => {
		for (const site of district.site) {
			const corners = ringOf(site.boundary).length - 1;
			expect(corners).toBeGreaterThanOrEqual(4);
			expect(corners).toBeLessThanOrEqual(9);
			expect(kinks(polygon([ringOf(site.boundary)])).features).toHaveLength(0);
		}
	});

	test('hold the floor area at a plausible density', () => {
		for (const site of district.site) {
			const density = site.floor_area_m2! / area(feature(site.boundary));
			expect(density).toBeGreaterThan(0.9);
			expect(density).toBeLessThan(4.8);
		}
	});

	test('lie inside their town', () => {
		for (const site of district.site) {
			const home = town.get(site.town_code!)!;
			const inside = common(feature(site.boundary), home as Feature<Polygon | MultiPolygon>);
			expect(inside / area(feature(site.boundary))).toBeCloseTo(1, 4);
		}
	});

	test('lie on land', () => {
		for (const site of district.site) {
			for (const lake of water.features) {
				const near = bboxClip(feature(lake.geometry), boxOf(site.boundary)) as Feature<Polygon | MultiPolygon>;
				if (near.geometry.coordinates.length === 0) continue;
				expect(common(feature(site.boundary), near)).toBe(0);
			}
		}
	});

	test('do not overlap each other', () => {
		const index = new Flatbush(district.site.length);
		for (const site of district.site) index.add(...boxOf(site.boundary));
		index.finish();
		let pairs = 0;
		for (const [at, site] of district.site.entries()) {
			for (const other of index.search(...boxOf(site.boundary))) {
				if (other <= at) continue;
				pairs += 1;
				expect(common(feature(site.boundary), feature(district.site[other]!.boundary))).toBe(0);
			}
		}
		expect(pairs).toBeGreaterThan(0);
	});

	test('are far more in the dense north than in the southern hills', () => {
		const count = (names: string[]) =>
			district.site.filter((site) => names.some((name) => town.get(site.town_code!)!.properties.name.startsWith(name)))
				.length;
		const north = count(['北干', '宁围', '盈丰', '新塘', '城厢', '蜀山', '新街', '闻堰', '瓜沥']);
		const south = count(['楼塔', '河上', '戴村', '浦阳', '进化']);
		expect(north).toBeGreaterThan(8 * south);
		expect(south).toBeGreaterThan(10);
	});

	test('the symbol of a site stands inside its red line', () => {
		for (const site of district.site) expect(booleanPointInPolygon(site.location, boundary.get(site.id)!)).toBe(true);
	});
});

describe('what stands on the sites', () => {
	test('machines, formwork and scaffolds stand inside the red line', () => {
		for (const row of [...district.installation, ...district.high_formwork, ...district.climbing_scaffold]) {
			expect(booleanPointInPolygon(row.location, boundary.get(row.site_id)!)).toBe(true);
		}
	});

	test('tower cranes have jibs of 40 to 70 m, some of which overlap', () => {
		const cranes = district.installation.filter((row) => row.removed_on === null && row.jib_radius_m !== null);
		let overlaps = 0;
		for (const [at, crane] of cranes.entries()) {
			expect(crane.jib_radius_m).toBeGreaterThanOrEqual(40);
			expect(crane.jib_radius_m).toBeLessThanOrEqual(70);
			for (const other of cranes.slice(at + 1)) {
				if (Math.abs(crane.location.coordinates[1]! - other.location.coordinates[1]!) > 0.002) continue;
				const apartM = distance(crane.location, other.location, { units: 'meters' });
				if (apartM < crane.jib_radius_m! + other.jib_radius_m!) overlaps += 1;
			}
		}
		expect(overlaps).toBeGreaterThan(100);
		expect(overlaps).toBeLessThan(cranes.length * 2);
	});

	test('pits lie inside the red line, their sides run along the ring', () => {
		for (const pit of district.pit) {
			const site = boundary.get(pit.site_id)!;
			expect(common(feature(pit.boundary), site)).toBeCloseTo(area(feature(pit.boundary)), 0);
			const corners = new Set(ringOf(pit.boundary).map(String));
			const sides = district.pit_side.filter((side) => side.pit_id === pit.id);
			expect(sides).toHaveLength(ringOf(pit.boundary).length - 1);
			for (const side of sides) for (const end of side.line.coordinates) expect(corners.has(String(end))).toBe(true);
		}
	});

	test('points stand on their side, at most a few metres behind it, or inside the pit', () => {
		const pits = new Map(district.pit.map((pit) => [pit.id, feature(pit.boundary)]));
		const sides = new Map(district.pit_side.map((side) => [side.id, side.line.coordinates]));
		for (const point of district.monitor_point) {
			if (!point.side_id) {
				expect(booleanPointInPolygon(point.location, pits.get(point.pit_id)!)).toBe(true);
				continue;
			}
			const [from, to] = sides.get(point.side_id)!;
			const metres = { units: 'meters' } as const;
			const detour =
				distance(from!, point.location, metres) + distance(point.location, to!, metres) - distance(from!, to!, metres);
			expect(detour).toBeLessThan(2);
		}
	});
});

describe('management grids', () => {
	test('have a 15-digit code that begins with their town', () => {
		for (const grid of district.management_grid) {
			expect(grid.code).toMatch(/^330109\d{9}$/);
			expect(grid.code.startsWith(grid.town_code)).toBe(true);
		}
	});

	test('cover their town without overlapping', () => {
		for (const home of towns.features) {
			const grids = district.management_grid.filter((grid) => grid.town_code === home.properties.code);
			const sum = grids.reduce((total, grid) => total + area(feature(grid.boundary)), 0);
			expect(sum / area(home)).toBeCloseTo(1, 3);
		}
	});

	test('are irregular polygons without slivers', () => {
		for (const grid of district.management_grid) {
			expect(area(feature(grid.boundary))).toBeGreaterThan(3000);
			expect(outerRings(grid.boundary).every((ring) => ring.length >= 3)).toBe(true);
		}
	});

	test('have an owner, but for a few', () => {
		const unowned = district.management_grid.filter((grid) => grid.owner_name === null).length;
		expect(unowned).toBeGreaterThan(0);
		expect(unowned / district.management_grid.length).toBeLessThan(0.08);
	});

	test('every site lies in one of its town', () => {
		const grids = new Map(district.management_grid.map((grid) => [grid.id, grid]));
		for (const site of district.site) {
			const grid = grids.get(site.grid_id!)!;
			expect(grid.town_code).toBe(site.town_code);
			expect(booleanPointInPolygon(site.location, feature(grid.boundary))).toBe(true);
		}
	});
});
