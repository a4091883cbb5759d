// The people sites name: responsible for the grid, on the visits, to be called, in the flood ledger, on receipts.

import { sql } from 'kysely';
import type { SitePeople } from '#lib/contract/people.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { peopleIn } from '../db/dossier-parts.ts';
import { inScope } from '../db/scope.ts';

/** Visits of one site a sheet shows. */
const VISITS = 10;

/** Those of some sites that are in scope, with what decides who may ask. */
export async function sitesToReveal(
	db: Db,
	scope: Scope,
	ids: readonly string[],
): Promise<{ siteId: string; townCode: string | null; gridCode: string | null }[]> {
	return db
		.selectFrom('site')
		.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
		.select(['site.id as siteId', 'site.town_code as townCode', 'management_grid.code as gridCode'])
		.where(sql<boolean>`site.id = any(${ids}::uuid[])`)
		.where(inScope(scope, 'site.town_code', 'site.id', 'management_grid.code'))
		.execute();
}

/** By id of the site; masked without the class `personal`. */
export async function peopleOfSites(db: Db, scope: Scope, ids: readonly string[]): Promise<SitePeople[]> {
	const { name, number, contact } = peopleIn(scope);
	const sites = await db
		.selectFrom('site')
		.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
		.select(['site.id', 'management_grid.owner_name', 'management_grid.backup_name'])
		.select(sql<string | null>`site.attributes ->> 'contact'`.as('contact'))
		.where(sql<boolean>`site.id = any(${ids}::uuid[])`)
		.where(inScope(scope, 'site.town_code', 'site.id', 'management_grid.code'))
		.orderBy('site.id')
		.execute();
	const found = sites.map(({ id }) => id);
	const visits = await db
		.selectFrom((eb) =>
			eb
				.selectFrom('visit')
				.select(['site_id', 'visited_at', 'supervisors'])
				.select(sql<number>`row_number() over (partition by site_id order by visited_at desc)`.as('n'))
				.where(sql<boolean>`site_id = any(${found}::uuid[])`)
				.as('newest'),
		)
		.select(['site_id', 'visited_at', 'supervisors'])
		.where('n', '<=', VISITS)
		.orderBy('visited_at', 'desc')
		.execute();
	const ledger = await db
		.selectFrom('flood_ledger_item')
		.select(['id', 'site_id', 'person', 'phone'])
		.where(sql<boolean>`site_id = any(${found}::uuid[])`)
		.execute();
	const receipts = await db
		.selectFrom('flood_receipt')
		.innerJoin('flood_notice', 'flood_notice.id', 'flood_receipt.notice_id')
		.select(['flood_receipt.id', 'flood_notice.site_id', 'flood_receipt.by_name'])
		.where(sql<boolean>`flood_notice.site_id = any(${found}::uuid[])`)
		.where('flood_notice.ended_at', 'is', null)
		.execute();
	return sites.map(({ id, owner_name, backup_name, contact: register }) => ({
		siteId: id,
		gridOwner: name(owner_name),
		gridBackup: name(backup_name),
		visits: visits
			.filter(({ site_id }) => site_id === id)
			.map(({ visited_at, supervisors }) => ({
				visitedAt: visited_at.toISOString(),
				supervisors: supervisors.map((supervisor) => name(supervisor)),
			})),
		contact: contact(register),
		ledger: ledger
			.filter(({ site_id }) => site_id === id)
			.map((item) => ({ id: item.id, person: name(item.person), phone: number(item.phone) })),
		receipts: receipts
			.filter(({ site_id }) => site_id === id)
			.map((receipt) => ({ id: receipt.id, byName: name(receipt.by_name) })),
	}));
}
