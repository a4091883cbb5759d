// What exactly one process may do, each by a name: the seat of the judge, with a number that grows with every holder, and
// jobs that are worked off by whoever has them. Seats go by the database's own clock, so that clocks of machines need not
// agree; a job goes by the clock of who works it off, because its own times do.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';

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

/** Gives a seat back, with how far was judged: free from now on, so that whoever is reluctant leaves it to others. */
export async function leaveSeat(
	db: Db,
	name: string,
	holder: string,
	epoch: string,
	judgedAt: Date | null,
): Promise<void> {
	await sql`
		update lease set until = clock_timestamp(), judged_at = greatest(judged_at, ${judgedAt}::timestamptz)
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

/**
 * Takes or keeps a job: free, run out by `at`, or already ours. Its number grows when it changes hands.
 *
 * @returns whether it is ours until `until`
 */
export async function holdJob(db: Db, name: string, holder: string, at: Date, until: Date): Promise<boolean> {
	const { rows } = await sql<{ holder: string }>`
		insert into lease (name, holder, epoch, until) values (${name}, ${holder}::uuid, 1, ${until})
		on conflict (name) do update set
			holder = excluded.holder,
			epoch = lease.epoch + (lease.holder is distinct from excluded.holder)::int,
			until = excluded.until
		where lease.holder = excluded.holder or lease.until < ${at}
		returning holder`.execute(db);
	return rows.length > 0;
}
