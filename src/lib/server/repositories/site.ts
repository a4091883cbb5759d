// Everything about one site, for its sheet. Lists of sites are in site-list.ts.

import { sql } from 'kysely';
import type { SiteDossier } from '#lib/contract/dossier.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { areaM2 } from '../db/geo.ts';
import { inScope } from '../db/scope.ts';
import { peopleIn, seesPeople, sourceNote } from '../db/dossier-parts.ts';

const VISITS = 10;

/** @returns undefined when there is no such site, or none in scope */
export async function siteDossier(db: Db, scope: Scope, id: string): Promise<SiteDossier | undefined> {
	const site = await db
		.selectFrom('site')
		.innerJoin('source', 'source.id', 'site.source_id')
		.leftJoin('town', (join) => join.onRef('town.code', '=', 'site.town_code'))
		.leftJoin('management_grid', 'management_grid.id', 'site.grid_id')
		.leftJoin('firm as owner', 'owner.id', 'site.owner_id')
		.leftJoin('firm as contractor', 'contractor.id', 'site.contractor_id')
		.leftJoin('firm as engineer', 'engineer.id', 'site.site_engineer_id')
		.selectAll('site')
		.select([
			'town.name as town_name',
			'management_grid.code as grid_code',
			'management_grid.name as grid_name',
			'management_grid.owner_name as grid_owner',
			'management_grid.backup_name as grid_backup',
			'owner.name as owner_name',
			'owner.credit_code as owner_code',
			'contractor.name as contractor_name',
			'contractor.credit_code as contractor_code',
			'engineer.name as engineer_name',
			'engineer.credit_code as engineer_code',
			'source.kind as source_kind',
			'source.name as source_name',
			'source.created_at as source_at',
			areaM2('site.boundary').as('red_line_m2'),
			sql<string | null>`site.attributes ->> 'contact'`.as('contact'),
		])
		.where('site.id', '=', id)
		.where(inScope(scope, 'site.town_code', 'site.id', 'management_grid.code'))
		.executeTakeFirst();
	if (!site) return undefined;

	const shown = peopleIn(scope);
	const party = (role: SiteDossier['parties'][number]['role'], name: string | null, creditCode: string | null) =>
		name === null ? [] : [{ role, name, creditCode }];

	return {
		no: site.no,
		id: site.id,
		name: site.name,
		permitNo: site.permit_no,
		projectCode: site.project_code,
		address: site.address,
		town: site.town_code && site.town_name ? { code: site.town_code, name: site.town_name } : null,
		grid:
			site.grid_code && site.grid_name
				? {
						code: site.grid_code,
						name: site.grid_name,
						owner: shown.name(site.grid_owner),
						backup: shown.name(site.grid_backup),
					}
				: null,
		contact: shown.contact(site.contact),
		redLineAreaM2: site.red_line_m2,
		stage: site.stage,
		state: site.state,
		riskGrade: site.risk_grade,
		floorAreaM2: site.floor_area_m2,
		startedOn: site.started_on,
		plannedFinishOn: site.planned_finish_on,
		finishedOn: site.finished_on,
		parties: [
			...party('owner', site.owner_name, site.owner_code),
			...party('contractor', site.contractor_name, site.contractor_code),
			...party('siteEngineer', site.engineer_name, site.engineer_code),
		],
		signs: await signsOf(db, id),
		stopWorkOrders: await stopWorkOrdersOf(db, id),
		hazards: await hazardsOf(db, id),
		visits: await visitsOf(db, scope, id),
		devices: await devicesOf(db, id),
		isMasked: !seesPeople(scope),
		source: sourceNote(site.source_kind, site.source_name, site.source_at),
	};
}

async function signsOf(db: Db, siteId: string): Promise<SiteDossier['signs']> {
	return db
		.selectFrom('site_sign')
		.select(['colour', 'hung_on as hungOn', 'removed_on as removedOn', 'reason'])
		.where('site_id', '=', siteId)
		.orderBy('hung_on', 'desc')
		.execute();
}

async function stopWorkOrdersOf(db: Db, siteId: string): Promise<SiteDossier['stopWorkOrders']> {
	return db
		.selectFrom('stop_work_order')
		.select(['ordered_on as orderedOn', 'lifted_on as liftedOn', 'reason'])
		.where('site_id', '=', siteId)
		.orderBy('ordered_on', 'desc')
		.execute();
}

/** Fastened to the site itself and not to a machine or point of it. */
async function devicesOf(db: Db, siteId: string): Promise<SiteDossier['devices']> {
	const rows = await db
		.selectFrom('device_binding')
		.innerJoin('device', 'device.id', 'device_binding.device_id')
		.select(['device.id', 'device.kind', 'device.vendor', 'device_binding.bound_from'])
		.where('device_binding.site_id', '=', siteId)
		.where('device_binding.bound_to', 'is', null)
		.orderBy('device.kind')
		.orderBy('device.id')
		.execute();
	return rows.map(({ bound_from, ...device }) => ({ ...device, since: bound_from.toISOString() }));
}

async function hazardsOf(db: Db, siteId: string): Promise<SiteDossier['hazards']> {
	const counted = await db
		.selectFrom('hazard')
		.select((eb) => eb.fn.countAll<string>().as('total'))
		.where('site_id', '=', siteId)
		.executeTakeFirstOrThrow();
	const open = await db
		.selectFrom('hazard')
		.select(['id', 'category', 'description', 'is_major', 'found_at', 'due_on', 'rectified_at'])
		.where('site_id', '=', siteId)
		.where('closed_at', 'is', null)
		.orderBy('is_major', 'desc')
		.orderBy(sql`due_on nulls last`)
		.orderBy('found_at')
		.execute();
	return {
		total: Number(counted.total),
		open: open.map((hazard) => ({
			id: hazard.id,
			category: hazard.category,
			description: hazard.description,
			isMajor: hazard.is_major,
			foundAt: hazard.found_at.toISOString(),
			dueOn: hazard.due_on,
			rectifiedAt: hazard.rectified_at?.toISOString() ?? null,
		})),
	};
}

export async function visitsOf(db: Db, scope: Scope, siteId: string): Promise<SiteDossier['visits']> {
	const visits = await db
		.selectFrom('visit')
		.select(['visited_at', 'minutes', 'occasion', 'result', 'supervisors'])
		.where('site_id', '=', siteId)
		.orderBy('visited_at', 'desc')
		.limit(VISITS)
		.execute();
	const { name } = peopleIn(scope);
	return visits.map(({ visited_at, supervisors, ...visit }) => ({
		...visit,
		visitedAt: visited_at.toISOString(),
		supervisors: supervisors.map(name),
	}));
}
