// Everything about one deep pit, for its sheet: sides with grade and support, monitoring points with design values.

import { sql } from 'kysely';
import type { PitDossier } from '#lib/contract/dossier.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { areaM2, lengthM } from '../db/geo.ts';
import { inScope } from '../db/scope.ts';
import { sourceNote, valuesOf } from '../db/dossier-parts.ts';

/** @returns undefined when there is no such pit, or none in scope */
export async function pitDossier(db: Db, scope: Scope, id: string, now: Date): Promise<PitDossier | undefined> {
	const pit = await db
		.selectFrom('pit')
		.innerJoin('site', 'site.id', 'pit.site_id')
		.innerJoin('source', 'source.id', 'pit.source_id')
		.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
		.selectAll('pit')
		.select([
			'source.kind as source_kind',
			'source.name as source_name',
			'source.created_at as source_at',
			areaM2('pit.boundary').as('area_m2'),
		])
		.where('pit.id', '=', id)
		.where(inScope(scope, 'site.town_code', 'site.id', 'management_grid.code'))
		.executeTakeFirst();
	if (!pit) return undefined;

	return {
		no: pit.no,
		id: pit.id,
		siteId: pit.site_id,
		name: pit.name,
		depthM: pit.depth_m,
		dugM: pit.dug_m,
		stage: pit.stage,
		startedOn: pit.started_on,
		baseSlabOn: pit.base_slab_on,
		finishedOn: pit.finished_on,
		areaM2: pit.area_m2,
		sides: await db
			.selectFrom('pit_side')
			.select(['name', 'grade', 'support', lengthM('line').as('lengthM')])
			.where('pit_id', '=', id)
			.orderBy('name')
			.execute(),
		points: await pointsOf(db, id, now),
		source: sourceNote(pit.source_kind, pit.source_name, pit.source_at),
	};
}

interface PointRow {
	no: number;
	code: string;
	quantity: string;
	side_name: string | null;
	design_cumulative_mm: number | null;
	design_rate_mm_per_day: number | null;
	design_note: string | null;
	device_id: string | null;
	observed_at: Date | null;
	values: unknown;
}

/** Points with their newest reading, in one go: one look into the primary key of the readings per device. */
async function pointsOf(db: Db, pitId: string, now: Date): Promise<PitDossier['points']> {
	const { rows } = await sql<PointRow>`
		select point.no, point.code, point.quantity, side.name as side_name, point.design_cumulative_mm,
			point.design_rate_mm_per_day, point.design_note, device.id as device_id, newest.observed_at, newest.values
		from monitor_point as point
		left join pit_side as side on side.id = point.side_id
		left join device_binding as binding on binding.monitor_point_id = point.id and binding.bound_to is null
		left join device on device.id = binding.device_id
		left join lateral (
			select observed_at, values from reading
			where reading.device_no = device.no and observed_at <= ${now}
			order by observed_at desc, seq desc
			limit 1
		) as newest on true
		where point.pit_id = ${pitId}
		order by point.code`.execute(db);

	return rows.map((row) => ({
		no: row.no,
		code: row.code,
		quantity: row.quantity,
		sideName: row.side_name,
		designCumulativeMm: row.design_cumulative_mm,
		designRateMmPerDay: row.design_rate_mm_per_day,
		designNote: row.design_note,
		deviceId: row.device_id,
		latest: row.observed_at ? { observedAt: row.observed_at.toISOString(), values: valuesOf(row.values) } : null,
	}));
}
