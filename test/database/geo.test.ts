import { randomUUID } from 'node:crypto';
import type * as GeoJSON from 'geojson';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import {
	areaM2,
	asGeoJson,
	asGeoJsonOrNull,
	asLngLat,
	asLngLatOrNull,
	boundsOf,
	covers,
	distanceToM,
	fromGeoText,
	fromLngLat,
	fromPolygons,
	intersectsBounds,
	isWithinM,
	toGeoText,
	type GeoText,
} from '#lib/server/db/geo.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import { checkGeometry } from '#lib/domain/geometry/check-geometry.ts';
import { seeded } from '#lib/domain/random.ts';
import { onBoth } from './both.ts';

const SEAT: LngLat = [120.264, 30.1854];
/** About 190 by 220 metres, with a courtyard. */
const BLOCK: GeoJSON.Polygon = {
	type: 'Polygon',
	coordinates: [
		[
			[120.263, 30.184],
			[120.265, 30.184],
			[120.265, 30.186],
			[120.263, 30.186],
			[120.263, 30.184],
		],
		[
			[120.2635, 30.1845],
			[120.2635, 30.185],
			[120.2645, 30.185],
			[120.2645, 30.1845],
			[120.2635, 30.1845],
		],
	],
};

onBoth('geometry', (database) => {
	const source = randomUUID();

	beforeAll(async () => {
		const { ingest } = database();
		await ingest
			.insertInto('source')
			.values({
				id: source,
				kind: 'hand',
				subject: 'town',
				name: 'test',
				file_sha256: null,
				datum: null,
				created_at: new Date(0),
				created_by: 'test',
			})
			.execute();
		await ingest
			.insertInto('town')
			.values({
				code: '330109001',
				name: '城厢',
				boundary: fromPolygons(BLOCK),
				seat: fromLngLat(SEAT),
				valid_from: '2020-01-01',
				source_id: source,
			})
			.execute();
	});

	const town = () => database().read.selectFrom('town').where('code', '=', '330109001');

	test('what was written is read back, polygons as multipolygons', async () => {
		const row = await town()
			.select([
				asGeoJson<GeoJSON.MultiPolygon>('boundary').as('boundary'),
				asLngLat('seat').as('at'),
				asLngLatOrNull('town.seat').as('maybe'),
				asGeoJsonOrNull('seat').as('seat'),
			])
			.executeTakeFirstOrThrow();
		expect(row.boundary).toEqual({ type: 'MultiPolygon', coordinates: [BLOCK.coordinates] });
		expect(row.at).toEqual(SEAT);
		expect(row.maybe).toEqual(SEAT);
		expect(row.seat).toEqual({ type: 'Point', coordinates: SEAT });
	});

	test('many rows are written by one statement', async () => {
		const codes = ['330109002', '330109003'];
		const texts = codes.map(() => toGeoText({ type: 'MultiPolygon', coordinates: [BLOCK.coordinates] }));
		await sql`
			insert into town (code, name, boundary, valid_from, source_id)
			select code, code, ${fromGeoText(sql.ref<GeoText>('boundary'))}, '2020-01-01', ${source}
			from unnest(${codes}::text[], ${texts}::text[]) as given (code, boundary)`.execute(database().ingest);
		const row = await database()
			.read.selectFrom('town')
			.select((of) => of.fn.countAll<string>().as('count'))
			.select(boundsOf('boundary').as('bounds'))
			.executeTakeFirstOrThrow();
		expect(row).toEqual({ count: '3', bounds: [120.263, 30.184, 120.265, 30.186] });
	});

	test('distances and areas are metres on the ground', async () => {
		const row = await town()
			.select([distanceToM('seat', [120.264, 30.1944]).as('m'), areaM2('boundary').as('m2')])
			.executeTakeFirstOrThrow();
		expect(row.m).toBeCloseTo(997.8, 0);
		expect(row.m2).toBeGreaterThan(36_000);
		expect(row.m2).toBeLessThan(39_000);
	});

	test('a circle, a box and an area find what lies in them', async () => {
		const finds = async (condition: ReturnType<typeof isWithinM>): Promise<boolean> =>
			(await town().where(condition).select('code').execute()).length === 1;
		expect(await finds(isWithinM('seat', [120.264, 30.1944], 1000))).toBe(true);
		expect(await finds(isWithinM('seat', [120.264, 30.1944], 990))).toBe(false);
		expect(await finds(intersectsBounds('boundary', [120.264, 30.1855, 121, 31]))).toBe(true);
		expect(await finds(intersectsBounds('boundary', [120.2651, 30.1855, 121, 31]))).toBe(false);
		expect(await finds(covers('boundary', [120.264, 30.1855]))).toBe(true);
		expect(await finds(covers('boundary', [120.264, 30.1848]))).toBe(false);
	});

	test('F-44 our check and PostGIS agree on what a valid polygon is', async () => {
		const chance = seeded(7);
		const corner = (): GeoJSON.Position => [chance.whole(0, 4), chance.whole(0, 4)];
		const ring = (): GeoJSON.Position[] => {
			const corners = Array.from({ length: chance.whole(3, 6) }, corner);
			return [...corners, corners[0]!];
		};
		const polygon = (): GeoJSON.Position[][] => (chance.chance(0.5) ? [ring()] : [ring(), ring()]);
		const shapes: GeoJSON.MultiPolygon[] = Array.from({ length: 2000 }, () => ({
			type: 'MultiPolygon',
			coordinates: chance.chance(0.5) ? [polygon()] : [polygon(), polygon()],
		}));
		const { rows } = await sql<{ valid: boolean }>`
			select st_isvalid(st_geomfromgeojson(text)) as valid
			from unnest(${shapes.map((shape) => JSON.stringify(shape))}::text[]) with ordinality as given (text, place)
			order by place`.execute(database().read);
		const differ = shapes.filter((shape, i) => checkGeometry(shape).ok !== rows[i]!.valid);
		expect(differ.map((shape) => JSON.stringify(shape.coordinates))).toEqual([]);
		expect(rows.filter(({ valid }) => valid).length).toBeGreaterThan(50);
	});

	test.each<[string, GeoJSON.Polygon['coordinates'], string]>([
		[
			'crosses itself',
			[
				[
					[0, 0],
					[1, 1],
					[1, 0],
					[0, 1],
					[0, 0],
				],
			],
			'self-crossing',
		],
		[
			'is not closed',
			[
				[
					[0, 0],
					[1, 0],
					[1, 1],
				],
			],
			'not-closed',
		],
		[
			'has no number',
			[
				[
					[0, 0],
					[Number.NaN, 0],
					[1, 1],
					[0, 0],
				],
			],
			'not-finite',
		],
	])('a polygon that %s never reaches the database', (_, coordinates, reason) => {
		expect(() => fromPolygons({ type: 'Polygon', coordinates })).toThrow(
			expect.objectContaining({ code: 'bad-input', details: [expect.objectContaining({ reason })] }),
		);
	});
});
