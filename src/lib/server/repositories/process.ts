// The processes that share the database. All times are the database's own, so that clocks of machines need not agree.

import { sql } from 'kysely';
import type { AppProcessTable } from '#db/schema.ts';
import type { Db } from '../db/connection.ts';

export interface ProcessRow {
	id: string;
	role: AppProcessTable['role'];
	host: string;
	pid: number;
	/** As `birthOf` tells it. */
	birth: string;
}

/** Says that a process lives; the first time it is entered. */
export async function beat(db: Db, { id, role, host, pid, birth }: ProcessRow, shares: boolean): Promise<void> {
	await sql`
		insert into app_process (id, role, host, pid, started_at, beat_at, shares, birth)
		values (${id}::uuid, ${role}, ${host}, ${pid}::int, clock_timestamp(), clock_timestamp(), ${shares}::boolean,
			${birth})
		on conflict (id) do update set beat_at = clock_timestamp(), shares = excluded.shares`.execute(db);
}

/** The others that live. */
export async function peersOf(
	db: Db,
	id: string,
	goneAfterS: number,
): Promise<(ProcessRow & { shares: boolean; ageS: number })[]> {
	const { rows } = await sql<ProcessRow & { shares: boolean; age: number }>`
		select id, role, host, pid, birth, shares, extract(epoch from clock_timestamp() - beat_at)::float8 as age from app_process
		where id <> ${id}::uuid and beat_at > clock_timestamp() - ${goneAfterS}::float8 * interval '1 second'
		order by started_at`.execute(db);
	return rows.map(({ age, ...row }) => ({ ...row, ageS: age }));
}

export async function forgetProcess(db: Db, id: string): Promise<void> {
	await db.deleteFrom('app_process').where('id', '=', id).execute();
}

/** Those that ended without a word. */
export async function forgetGone(db: Db, goneAfterS: number): Promise<void> {
	await sql`
		delete from app_process where beat_at < clock_timestamp() - 60 * ${goneAfterS}::float8 * interval '1 second'`.execute(
		db,
	);
}
