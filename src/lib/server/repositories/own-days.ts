// Days on which an officer goes, with what his team visits on each.

import { sql } from 'kysely';
import type { OtherDay } from '#lib/contract/field.ts';
import type { Db } from '../db/connection.ts';

export interface OwnDay extends Omit<OtherDay, 'isSealed' | 'count' | 'done'> {
	wasSealed: boolean;
}

/** Issued plans of a span of days in which an officer goes, with what the team visits there. */
export async function ownDaysBetween(db: Db, officerId: string, fromOn: string, toOn: string): Promise<OwnDay[]> {
	const { rows } = await sql<OwnDay>`
		select plan.id as "planId", plan.name, plan.plan_on::text as on, own.team,
			array(select officer.name from officer where officer.id = any(own.officer_ids) order by array_position(own.officer_ids, officer.id)) as names,
			plan.is_sealed as "wasSealed", draw.no as "drawNo",
			case when own.minutes is null then null
				else jsonb_build_object('text', own.minutes ->> 'text', 'by', own.minutes ->> 'by') end as minutes,
			coalesce((
				select jsonb_agg(jsonb_build_object('name', site.name, 'startMin', stop.start_min, 'state', stop.state)
					order by stop.start_min)
				from patrol_stop stop join site on site.id = stop.site_id
				where stop.plan_id = plan.id and stop.team = own.team and stop.state <> 'dropped'
			), '[]') as stops
		from patrol_team own
		join patrol_plan plan on plan.id = own.plan_id
		left join patrol_draw draw on draw.id = plan.draw_id
		where plan.state in ('issued', 'closed') and plan.plan_on between ${fromOn}::date and ${toOn}::date
			and ${officerId}::uuid = any(own.officer_ids)
		order by plan.plan_on, plan.issued_at`.execute(db);
	return rows;
}
