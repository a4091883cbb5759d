// Officers: who may patrol, with which skills, until when, and for whom they must not.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';

export interface Officer {
	id: string;
	name: string;
	login: string | null;
	certificateNo: string | null;
	certificateUntil: string | null;
	skills: string[];
	/** Firms they must keep away from (回避). */
	avoids: { firmId: string; reason: string }[];
}

const COLUMNS = ['id', 'name', 'login', 'certificate_no', 'certificate_until', 'skills'] as const;

export async function activeOfficers(db: Db): Promise<Officer[]> {
	const rows = await db.selectFrom('officer').select(COLUMNS).where('is_active', '=', true).orderBy('name').execute();
	const barred = await db.selectFrom('officer_avoidance').selectAll().execute();
	return rows.map((row) => ({
		id: row.id,
		name: row.name,
		login: row.login,
		certificateNo: row.certificate_no,
		certificateUntil: row.certificate_until,
		skills: row.skills,
		avoids: barred
			.filter(({ officer_id }) => officer_id === row.id)
			.map(({ firm_id, reason }) => ({ firmId: firm_id, reason })),
	}));
}

/** Officers whose certificate holds on a day. */
export async function countOfficers(db: Db, on: string): Promise<number> {
	const { count } = await db
		.selectFrom('officer')
		.select((eb) => eb.fn.countAll<string>().as('count'))
		.where('is_active', '=', true)
		.where('certificate_until', '>=', on)
		.executeTakeFirstOrThrow();
	return Number(count);
}

/** The officer a signed-in person is; undefined for people who do not patrol. */
export async function officerOfPerson(db: Db, personId: string): Promise<{ id: string; name: string } | undefined> {
	return db
		.selectFrom('officer')
		.innerJoin('person', 'person.login', 'officer.login')
		.select(['officer.id', 'officer.name'])
		.where('person.id', '=', personId)
		.where('officer.is_active', '=', true)
		.executeTakeFirst();
}

export interface Workload {
	officer: string;
	visits: number;
	minutes: number;
}

/** Visits and minutes on site of every officer since a day. */
export async function workloads(db: Db, sinceOn: string): Promise<Workload[]> {
	const { rows } = await sql<{ officer: string; visits: string; minutes: string | null }>`
		select name as officer, count(*) as visits, sum(minutes) as minutes
		from visit, unnest(supervisors) as name
		where visited_at >= ${new Date(`${sinceOn}T00:00:00+08:00`)}
		group by name`.execute(db);
	return rows.map(({ officer, visits, minutes }) => ({
		officer,
		visits: Number(visits),
		minutes: Number(minutes ?? 0),
	}));
}

/** Ids of officers whom an issued plan of a day sends out already; where a sealed one sends whom stays its secret. */
export async function officersOut(db: Db, on: string): Promise<ReadonlySet<string>> {
	const rows = await db
		.selectFrom('patrol_team')
		.innerJoin('patrol_plan', 'patrol_plan.id', 'patrol_team.plan_id')
		.select('patrol_team.officer_ids')
		.where('patrol_plan.state', '=', 'issued')
		.where('patrol_plan.is_sealed', '=', false)
		.where('patrol_plan.plan_on', '=', on)
		.execute();
	return new Set(rows.flatMap(({ officer_ids }) => officer_ids));
}

/** Pairs of officers with how often they went together since a day, for rotation. */
export async function pairsSince(db: Db, sinceOn: string): Promise<Map<string, number>> {
	const rows = await db
		.selectFrom('visit')
		.select(['supervisors'])
		.where('visited_at', '>=', new Date(`${sinceOn}T00:00:00+08:00`))
		.execute();
	const pairs = new Map<string, number>();
	for (const { supervisors } of rows) {
		const key = [...supervisors].sort().slice(0, 2).join('+');
		pairs.set(key, (pairs.get(key) ?? 0) + 1);
	}
	return pairs;
}

export async function vehicles(db: Db): Promise<{ id: string; plate: string; seats: number }[]> {
	return db
		.selectFrom('vehicle')
		.select(['id', 'plate', 'seats'])
		.where('is_active', '=', true)
		.orderBy('plate')
		.execute();
}
