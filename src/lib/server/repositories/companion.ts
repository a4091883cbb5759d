// Experts and testing agencies: who can come along, for which firms they must not, and where they went.

import { sql } from 'kysely';
import type { Companion, Seat } from '#lib/domain/planning/companions.ts';
import type { Db } from '../db/connection.ts';

/** Everybody who can be asked. Agencies on the list of firms to be used with caution are not. */
export async function companionPool(db: Db, agencyRole: string, on: string, sinceOn: string): Promise<Companion[]> {
	const { rows: experts } = await sql<{
		id: string;
		name: string;
		disciplines: string[];
		is_senior: boolean;
		avoids: string[];
		load: string;
	}>`
		select id, name, disciplines, is_senior,
			array(select firm_id::text from expert_avoidance where expert_id = expert.id)
				|| case when firm_id is null then '{}'::text[] else array[firm_id::text] end as avoids,
			(select count(distinct (plan_id, visit_key)) from patrol_companion join patrol_plan on patrol_plan.id = plan_id
				where expert_id = expert.id and plan_on >= ${sinceOn}::date) as load
		from expert where is_active order by id`.execute(db);
	const { rows: agencies } = await sql<{ id: string; name: string; load: string }>`
		select id, name,
			(select count(distinct (plan_id, visit_key)) from patrol_companion join patrol_plan on patrol_plan.id = plan_id
				where firm_id = firm.id and plan_on >= ${sinceOn}::date) as load
		from firm where ${agencyRole}::text = any(roles)
			and not (caution_from is not null and caution_from <= ${on}::date
				and (caution_to is null or caution_to >= ${on}::date))
		order by id`.execute(db);
	return [
		...experts.map(({ is_senior, load, ...row }) => ({
			...row,
			...{ kind: 'expert' as const, isSenior: is_senior, load: Number(load) },
		})),
		...agencies.map(({ id, name, load }) => ({
			...{ id, kind: 'agency' as const, name, disciplines: [], isSenior: false, avoids: [id], load: Number(load) },
		})),
	];
}

export async function agencyNames(db: Db, agencyRole: string): Promise<{ id: string; name: string }[]> {
	const isAgency = sql<boolean>`${agencyRole}::text = any(roles)`;
	return db.selectFrom('firm').select(['id', 'name']).where(isAgency).orderBy('name').execute();
}

/** @returns undefined where there is nobody of the kind */
export async function companionName(
	db: Db,
	agencyRole: string,
	{ kind, companionId }: { kind: Companion['kind']; companionId: string },
): Promise<string | undefined> {
	if (kind === 'agency') return (await agencyNames(db, agencyRole)).find(({ id }) => id === companionId)?.name;
	const row = await db.selectFrom('expert').select('name').where('id', '=', companionId).executeTakeFirst();
	return row?.name;
}

/** Firms of every site: who builds, owns and watches it, and whose machines stand there. */
export async function firmsOfSites(db: Db): Promise<Map<string, string[]>> {
	const { rows } = await sql<{ site_id: string; firms: string[] }>`
		select site_id::text, array_agg(distinct firm::text) as firms from (
			select site.id as site_id, unnest(array[contractor_id, owner_id, site_engineer_id]) as firm from site
			union all
			select installation.site_id, equipment_owner_id from installation
				join machine on machine.id = machine_id where removed_on is null
		) tied where firm is not null group by site_id`.execute(db);
	return new Map(rows.map(({ site_id, firms }) => [site_id, firms]));
}

export async function insertCompanions(db: Db, planId: string, seats: readonly Seat[]): Promise<void> {
	if (seats.length === 0) return;
	await db
		.insertInto('patrol_companion')
		.values(
			seats.map(({ team, visit, need, kind, companionId, discipline, load }) => ({
				...{ plan_id: planId, visit_key: visit, team, need, kind, discipline, load },
				expert_id: kind === 'expert' ? companionId : null,
				firm_id: kind === 'agency' ? companionId : null,
			})),
		)
		.execute();
}

/** Who goes along on a plan that was issued. */
export async function companionsOf(db: Db, planId: string): Promise<Seat[]> {
	const rows = await db
		.selectFrom('patrol_companion')
		.leftJoin('expert', 'expert.id', 'patrol_companion.expert_id')
		.leftJoin('firm', 'firm.id', 'patrol_companion.firm_id')
		.selectAll('patrol_companion')
		.select(['expert.name as expert', 'expert.is_senior', 'firm.name as agency'])
		.where('plan_id', '=', planId)
		.orderBy('visit_key')
		.orderBy('kind', 'desc')
		.orderBy('need')
		.execute();
	return rows.map(({ team, visit_key, need, kind, expert_id, firm_id, discipline, load, ...row }) => ({
		...{ team, visit: visit_key, need, kind, discipline, load },
		companionId: (expert_id ?? firm_id)!,
		name: row.expert ?? row.agency ?? '',
		isSenior: row.is_senior ?? false,
	}));
}
