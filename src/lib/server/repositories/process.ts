// The processes that share the database, and the seat of the one that judges. All times are the database's own, so
// that clocks of machines need not agree.

import { sql } from 'kysely';
import type { AppProcessTable } from '#db/schema.ts';
import type { Db } from '../db/connection.ts';

export interface ProcessRow {
	id: string;
	role: AppProcessTable['role'];
	host: string;
	pid: number;
}

/** Says that a process lives; the first time it is entered. */
export async function beat(db: Db, { id, role, host, pid }: ProcessRow, shares: boolean): Promise<void> {
	await sql`
		insert into app_process (id, role, host, pid, started_at, beat_at, shares)
		values (${id}::uuid, ${role}, ${host}, ${pid}::int, clock_timestamp(), clock_timestamp(), ${shares}::boolean)
		on conflict (id) do update set beat_at = clock_timestamp(), shares = excluded.shares`.execute(db);
}

/** The others that live. */
export async function peersOf(
	db: Db,
	id: string,
	goneAfterS: number,
): Promise<(ProcessRow & { shares: boolean; ageS: number })[]> {
	const { rows } = await sql<ProcessRow & { shares: boolean; age: number }>`
		select id, role, host, pid, shares, extract(epoch from clock_timestamp() - beat_at)::float8 as age from app_process
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

export interface Seat {
	epoch: string;
	/** Up to when its last holder had judged everything; null when nobody ever did. */
	judgedAt: Date | null;
}

/**
 * Takes a seat that is free: never held, run out, or given back.
 *
 * @param freeForS - leaves it to others until it has been free for this long
 * @param isAlone - nobody can compete: it is taken from a holder that is gone without waiting
 */
export async function takeSeat(
	db: Db,
	name: string,
	holder: string,
	forS: number,
	{ freeForS = 0, isAlone = false } = {},
): Promise<Seat | undefined> {
	const { rows } = await sql<{ epoch: string; judged_at: Date | null }>`
		insert into lease (name, holder, epoch, until)
		values (${name}, ${holder}::uuid, 1, clock_timestamp() + ${forS}::float8 * interval '1 second')
		on conflict (name) do update set
			holder = excluded.holder,
			epoch = lease.epoch + 1,
			until = clock_timestamp() + ${forS}::float8 * interval '1 second'
		where ${isAlone}::boolean or lease.until < clock_timestamp() - ${freeForS}::float8 * interval '1 second'
		returning epoch, judged_at`.execute(db);
	const row = rows[0];
	return row && { epoch: row.epoch, judgedAt: row.judged_at };
}

/** Holds on to a seat. @returns whether it is still ours */
export async function keepSeat(
	db: Db,
	name: string,
	holder: string,
	epoch: string,
	forS: number,
	judgedAt: Date | null,
): Promise<boolean> {
	const { numAffectedRows } = await sql`
		update lease set
			until = clock_timestamp() + ${forS}::float8 * interval '1 second',
			judged_at = greatest(judged_at, ${judgedAt}::timestamptz)
		where name = ${name} and holder = ${holder}::uuid and epoch = ${epoch}::bigint`.execute(db);
	return numAffectedRows === 1n;
}

/** Gives a seat back at once, with how far was judged. */
export async function leaveSeat(
	db: Db,
	name: string,
	holder: string,
	epoch: string,
	judgedAt: Date | null,
): Promise<void> {
	await sql`
		update lease set until = '-infinity', judged_at = greatest(judged_at, ${judgedAt}::timestamptz)
		where name = ${name} and holder = ${holder}::uuid and epoch = ${epoch}::bigint`.execute(db);
}

/** Whether a seat is still ours, held until the transaction ends: nobody can take it in between. */
export async function isSeated(tx: Db, name: string, holder: string, epoch: string): Promise<boolean> {
	const { rows } = await sql`
		select 1 from lease where name = ${name} and holder = ${holder}::uuid and epoch = ${epoch}::bigint for update`.execute(
		tx,
	);
	return rows.length === 1;
}
