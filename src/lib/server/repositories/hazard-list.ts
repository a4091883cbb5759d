// Hazards as programs and lists read them: where, when, how far their closed loop has come.

import { sql } from 'kysely';
import type { Feature, Point } from 'geojson';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { asLngLat, intersectsBounds } from '../db/geo.ts';
import { inScope } from '../db/scope.ts';
import { anywhere, type ListFilter } from '../db/list-filter.ts';

export interface HazardProperties {
	id: string;
	siteId: string;
	siteName: string;
	category: string;
	description: string;
	isMajor: boolean;
	foundBy: string;
	foundAt: string;
	dueOn: string | null;
	state: 'found' | 'rectified' | 'accepted' | 'closed';
	rectifiedAt: string | null;
	acceptedAt: string | null;
	closedAt: string | null;
}

const iso = (moment: Date | null) => moment?.toISOString() ?? null;

/** Hazards in scope, newest first; `state` narrows to those not closed, or to one step of the closed loop; `after` counts rows to pass over. */
export async function hazardFeatures(
	db: Db,
	scope: Scope,
	filter: ListFilter,
): Promise<Feature<Point, HazardProperties>[]> {
	const rows = await db
		.selectFrom('hazard')
		.innerJoin('site', 'site.id', 'hazard.site_id')
		.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
		.selectAll('hazard')
		.select(['site.name as site_name', asLngLat('site.location').as('at')])
		.where(inScope(scope, 'site.town_code', 'site.id', 'management_grid.code'))
		.$if(filter.state === 'open', (query) => query.where('hazard.closed_at', 'is', null))
		.$if(filter.state === 'closed', (query) => query.where('hazard.closed_at', 'is not', null))
		.$if(filter.state === 'accepted', (query) =>
			query.where('hazard.closed_at', 'is', null).where('hazard.accepted_at', 'is not', null),
		)
		.$if(filter.state === 'rectified', (query) =>
			query
				.where('hazard.closed_at', 'is', null)
				.where('hazard.accepted_at', 'is', null)
				.where('hazard.rectified_at', 'is not', null),
		)
		.$if(filter.state === 'found', (query) =>
			query
				.where('hazard.closed_at', 'is', null)
				.where('hazard.accepted_at', 'is', null)
				.where('hazard.rectified_at', 'is', null),
		)
		.$if(filter.town !== undefined, (query) => query.where('site.town_code', '=', filter.town!))
		.$if(filter.bounds !== undefined, (query) => query.where(intersectsBounds('site.location', filter.bounds!)))
		.$if(filter.q !== undefined, (query) =>
			query.where(
				sql<boolean>`lower(concat_ws(' ', hazard.description, site.name, site.name_pinyin)) like ${anywhere(filter.q!)}`,
			),
		)
		.orderBy('hazard.found_at', 'desc')
		.orderBy('hazard.id')
		.offset(filter.after)
		.limit(filter.limit)
		.execute();
	return rows.map((row) => ({
		type: 'Feature',
		id: row.id,
		geometry: { type: 'Point', coordinates: row.at },
		properties: {
			id: row.id,
			siteId: row.site_id,
			siteName: row.site_name,
			category: row.category,
			description: row.description,
			isMajor: row.is_major,
			foundBy: row.found_by,
			foundAt: row.found_at.toISOString(),
			dueOn: row.due_on,
			state: row.closed_at ? 'closed' : row.accepted_at ? 'accepted' : row.rectified_at ? 'rectified' : 'found',
			rectifiedAt: iso(row.rectified_at),
			acceptedAt: iso(row.accepted_at),
			closedAt: iso(row.closed_at),
		},
	}));
}
