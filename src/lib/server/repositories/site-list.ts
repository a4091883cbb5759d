// Sites as the map and the lists show them: red line or point, parties, grade, sign, open hazards.

import { sql } from 'kysely';
import type { SiteFeature, SiteProperties } from '#lib/contract/board.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { pinyinOf } from '#lib/domain/site/pinyin.ts';
import type { Db } from '../db/connection.ts';
import { asGeoJson, asLngLat, intersectsBounds } from '../db/geo.ts';
import { inScope } from '../db/scope.ts';
import { anywhere, type ListFilter } from '../db/list-filter.ts';

/** Sites in scope, by number. Finished ones are left out unless asked for by `state`. */
export async function siteFeatures(db: Db, scope: Scope, filter: ListFilter): Promise<SiteFeature[]> {
	const firms = filter.q === undefined ? [] : await firmsInPinyin(db, filter.q);
	const rows = await db
		.selectFrom('site')
		.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
		.leftJoin('firm as contractor', 'contractor.id', 'site.contractor_id')
		.leftJoin('firm as owner', 'owner.id', 'site.owner_id')
		.leftJoin('firm as engineer', 'engineer.id', 'site.site_engineer_id')
		.select([
			'site.no',
			'site.id',
			'site.name',
			'site.name_pinyin',
			'site.permit_no',
			'site.town_code',
			'management_grid.code as grid_code',
			'site.stage',
			'site.state',
			'site.floor_area_m2',
			'site.risk_grade',
			'contractor.name as contractor',
			'owner.name as owner',
			'engineer.name as siteEngineer',
			asLngLat('site.location').as('at'),
			asGeoJson('site.boundary').as('boundary'),
		])
		.select((eb) => [
			eb
				.selectFrom('site_sign')
				.select('colour')
				.whereRef('site_sign.site_id', '=', 'site.id')
				.where('removed_on', 'is', null)
				.orderBy('hung_on', 'desc')
				.limit(1)
				.as('sign'),
		])
		.where(inScope(scope, 'site.town_code', 'site.id', 'management_grid.code'))
		.where('site.no', '>', filter.after)
		.$if(filter.state === undefined, (query) => query.where('site.state', '!=', 'finished'))
		.$if(filter.state !== undefined, (query) => query.where(sql`site.state`, '=', filter.state!))
		.$if(filter.town !== undefined, (query) => query.where('site.town_code', '=', filter.town!))
		.$if(filter.bounds !== undefined, (query) => query.where(intersectsBounds('site.location', filter.bounds!)))
		.$if(filter.q !== undefined, (query) =>
			query.where(
				sql<boolean>`lower(concat_ws(' ', site.name, site.name_pinyin, site.permit_no, contractor.name, owner.name, engineer.name)) like ${anywhere(filter.q!)}
					or site.contractor_id = any(${firms}::uuid[]) or site.owner_id = any(${firms}::uuid[])
					or site.site_engineer_id = any(${firms}::uuid[])`,
			),
		)
		.orderBy('site.no')
		.limit(filter.limit)
		.execute();

	const open = await openHazards(db);
	return rows.map(({ boundary, name_pinyin, ...row }) => ({
		type: 'Feature',
		id: row.no,
		geometry: (boundary as SiteFeature['geometry'] | null) ?? { type: 'Point', coordinates: row.at },
		properties: {
			no: row.no,
			id: row.id,
			name: row.name,
			pinyin: name_pinyin,
			permitNo: row.permit_no,
			townCode: row.town_code,
			gridCode: row.grid_code,
			stage: row.stage,
			state: row.state,
			floorAreaM2: row.floor_area_m2,
			riskGrade: row.risk_grade,
			sign: row.sign,
			contractor: row.contractor,
			owner: row.owner,
			siteEngineer: row.siteEngineer,
			firmPinyin: firmPinyin([row.contractor, row.owner, row.siteEngineer]),
			openHazards: open.get(row.id)?.all ?? 0,
			openMajorHazards: open.get(row.id)?.major ?? 0,
			at: row.at,
		} satisfies SiteProperties,
	}));
}

/** Firms whose name is written so on a Latin keyboard. */
async function firmsInPinyin(db: Db, q: string): Promise<string[]> {
	const wanted = q.toLowerCase().replaceAll(/\s+/g, '');
	if (!/^[a-z0-9]{2,}$/.test(wanted)) return [];
	const firms = await db.selectFrom('firm').select(['id', 'name']).execute();
	return firms.filter(({ name }) => firmPinyin([name]).includes(wanted)).map(({ id }) => id);
}

/** Names of firms repeat on every board, and each takes a look into a large dictionary. */
const spelled = new Map<string, string>();
const SPELLED_MOST = 20_000;

function firmPinyin(names: readonly (string | null)[]): string {
	return names
		.flatMap((name) => {
			if (name === null) return [];
			const known = spelled.get(name) ?? pinyinOf(name);
			if (spelled.size < SPELLED_MOST) spelled.set(name, known);
			return [known];
		})
		.join(' ');
}

/** Open hazards per site, counted once for all of them: a lookup per row would be a query per site. */
async function openHazards(db: Db): Promise<Map<string, { all: number; major: number }>> {
	const rows = await db
		.selectFrom('hazard')
		.select((eb) => [
			'site_id',
			eb.fn.countAll<string>().as('all'),
			eb.fn.countAll<string>().filterWhere('is_major', '=', true).as('major'),
		])
		.where('closed_at', 'is', null)
		.groupBy('site_id')
		.execute();
	return new Map(rows.map((row) => [row.site_id, { all: Number(row.all), major: Number(row.major) }]));
}
