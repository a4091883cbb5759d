// What the report of a campaign names: its sites with their towns, finished ones too, and the orders to stop work.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';

export interface NamedSite {
	siteId: string;
	name: string;
	townCode: string | null;
	town: string | null;
	gridCode: string | null;
}

export async function namedSites(db: Db, ids: readonly string[]): Promise<NamedSite[]> {
	const rows = await db
		.selectFrom('site')
		.leftJoin('town', (join) => join.onRef('town.code', '=', 'site.town_code').on('town.valid_to', 'is', null))
		.leftJoin('management_grid as grid', 'grid.id', 'site.grid_id')
		.select(['site.id', 'site.name', 'site.town_code', 'town.name as town', 'grid.code'])
		.where(sql<boolean>`site.id = any(${[...ids]}::uuid[])`)
		.orderBy('site.no')
		.execute();
	return rows.map(({ id, name, town_code, town, code }) => ({
		...{ siteId: id, name, townCode: town_code, town, gridCode: code },
	}));
}

export interface StopOrder {
	siteId: string;
	visitId: string | null;
	on: string;
	liftedOn: string | null;
	reason: string;
}

/** Orders given from one day to another, both included. */
export async function stopOrdersBetween(db: Db, fromOn: string, toOn: string): Promise<StopOrder[]> {
	return db
		.selectFrom('stop_work_order')
		.select([
			...(['site_id as siteId', 'visit_id as visitId', 'ordered_on as on', 'lifted_on as liftedOn', 'reason'] as const),
		])
		.where('ordered_on', '>=', fromOn)
		.where('ordered_on', '<=', toOn)
		.orderBy('ordered_on')
		.execute();
}

/** Ids of visits that plans from one day to another, both included, have sent people on for the campaign of this name. */
export async function visitsSentFor(
	db: Db,
	{ name, fromOn, toOn }: { name: string; fromOn: string; toOn: string },
): Promise<ReadonlySet<string>> {
	const { rows } = await sql<{ id: string }>`
		select stop.visit_id as id
		from patrol_plan plan
		join patrol_stop stop on stop.plan_id = plan.id and stop.visit_id is not null
		where plan.plan_on between ${fromOn}::date and ${toOn}::date
			and jsonb_path_exists(
				plan.visits,
				'$.visits[*] ? (@.key == $key).reasons[*] ? (@.key == "campaign" && @.value == $name)',
				jsonb_build_object('key', stop.visit_key, 'name', ${name}::text)
			)`.execute(db);
	return new Set(rows.map(({ id }) => id));
}
