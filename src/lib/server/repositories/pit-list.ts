// Pits that are open or planned, and the points that stand on the map: monitor points, high formwork, climbing scaffolds.

import { sql } from 'kysely';
import type { Feature, Point } from 'geojson';
import type { PitFeature, PitProperties, PointProperties } from '#lib/contract/board.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { asGeoJson, asLngLat, intersectsBounds } from '../db/geo.ts';
import { inScope } from '../db/scope.ts';
import { anywhere, type ListFilter } from '../db/list-filter.ts';

/** Pits in scope that are not backfilled, by number, with the gravest grade of their sides. */
export async function pitFeatures(db: Db, scope: Scope, filter: ListFilter): Promise<PitFeature[]> {
	const rows = await db
		.selectFrom('pit')
		.innerJoin('site', 'site.id', 'pit.site_id')
		.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
		.select([
			'pit.no',
			'pit.id',
			'pit.site_id',
			'pit.name',
			'pit.depth_m',
			'pit.dug_m',
			'pit.stage',
			asGeoJson('pit.boundary').as('boundary'),
		])
		// 'I' < 'II' < 'III' also as text, so the gravest is the smallest.
		.select((eb) => [
			eb
				.selectFrom('pit_side')
				.select((side) => side.fn.min('grade').as('grade'))
				.whereRef('pit_side.pit_id', '=', 'pit.id')
				.as('grade'),
		])
		.where(inScope(scope, 'site.town_code', 'site.id', 'management_grid.code'))
		.where('pit.no', '>', filter.after)
		.$if(filter.state === undefined, (query) => query.where('pit.stage', '!=', 'backfilled'))
		.$if(filter.state !== undefined, (query) => query.where(sql`pit.stage`, '=', filter.state!))
		.$if(filter.town !== undefined, (query) => query.where('site.town_code', '=', filter.town!))
		.$if(filter.bounds !== undefined, (query) => query.where(intersectsBounds('pit.boundary', filter.bounds!)))
		.$if(filter.q !== undefined, (query) =>
			query.where(
				sql<boolean>`lower(concat_ws(' ', pit.name, site.name, site.name_pinyin)) like ${anywhere(filter.q!)}`,
			),
		)
		.orderBy('pit.no')
		.limit(filter.limit)
		.execute();

	return rows.map((row) => ({
		type: 'Feature',
		id: row.no,
		geometry: row.boundary as PitFeature['geometry'],
		properties: {
			no: row.no,
			id: row.id,
			siteId: row.site_id,
			name: row.name,
			depthM: row.depth_m,
			dugM: row.dug_m,
			stage: row.stage,
			grade: row.grade as PitProperties['grade'],
		},
	}));
}

type PointFeature = Feature<Point, PointProperties>;

/** Monitor points, standing high formwork and climbing scaffolds in scope. */
export async function pointFeatures(db: Db, scope: Scope): Promise<PointFeature[]> {
	const monitorPoints = await db
		.selectFrom('monitor_point')
		.innerJoin('pit', 'pit.id', 'monitor_point.pit_id')
		.innerJoin('site', 'site.id', 'pit.site_id')
		.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
		.leftJoin('device_binding', (join) =>
			join.onRef('device_binding.monitor_point_id', '=', 'monitor_point.id').on('device_binding.bound_to', 'is', null),
		)
		.leftJoin('device', 'device.id', 'device_binding.device_id')
		.select([
			'monitor_point.no',
			'monitor_point.id',
			'pit.site_id',
			'monitor_point.code as name',
			'monitor_point.pit_id',
			'device.id as device_id',
			'device.expected_interval_s',
			asLngLat('monitor_point.location').as('at'),
		])
		.where(inScope(scope, 'site.town_code', 'site.id', 'management_grid.code'))
		.where('pit.stage', '!=', 'backfilled')
		.orderBy('monitor_point.no')
		.execute();

	const points = monitorPoints.map((row) =>
		pointFeature('monitorPoint', row, {
			deviceId: row.device_id,
			expectedIntervalS: row.expected_interval_s,
			pitId: row.pit_id,
		}),
	);
	return [
		...points,
		...(await workFeatures(db, scope, 'highFormwork')),
		...(await workFeatures(db, scope, 'climbingScaffold')),
	];
}

async function workFeatures(db: Db, scope: Scope, kind: 'highFormwork' | 'climbingScaffold'): Promise<PointFeature[]> {
	const isFormwork = kind === 'highFormwork';
	const table = isFormwork ? 'high_formwork' : 'climbing_scaffold';
	const number = (column: string | null) =>
		column ? sql<number | null>`${sql.ref(`${table}.${column}`)}` : sql<null>`null`;
	const standing = await db
		.selectFrom(table)
		.innerJoin('site', 'site.id', `${table}.site_id`)
		.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
		.select([`${table}.no`, `${table}.id`, `${table}.site_id`, `${table}.name`, `${table}.erected_on as erectedOn`])
		.select([
			asLngLat(`${table}.location`).as('at'),
			number(isFormwork ? 'height_m' : 'lift_height_m').as('heightM'),
			number(isFormwork ? 'span_m' : null).as('spanM'),
			number(isFormwork ? 'load_kn_per_m2' : null).as('loadKnPerM2'),
			(isFormwork ? sql<null>`null` : sql<string | null>`climbing_scaffold.inspected_on`).as('inspectedOn'),
		])
		.where(inScope(scope, 'site.town_code', 'site.id', 'management_grid.code'))
		.where(`${table}.removed_on`, 'is', null)
		.orderBy(`${table}.no`)
		.execute();
	return standing.map(({ heightM, spanM, loadKnPerM2, erectedOn, inspectedOn, ...row }) =>
		pointFeature(kind, row, {
			...{ deviceId: null, expectedIntervalS: null, pitId: null },
			work: { heightM, spanM, loadKnPerM2, erectedOn, inspectedOn },
		}),
	);
}

function pointFeature(
	kind: PointProperties['kind'],
	row: { no: number; id: string; site_id: string; name: string; at: [number, number] },
	more: Pick<PointProperties, 'deviceId' | 'expectedIntervalS' | 'pitId' | 'work'>,
): PointFeature {
	return {
		type: 'Feature',
		id: row.no,
		geometry: { type: 'Point', coordinates: row.at },
		properties: { no: row.no, id: row.id, siteId: row.site_id, kind, name: row.name, ...more },
	};
}
