// Brings the database up to the program's schema: forward only, each migration in its own transaction. Safe when two
// processes start at once; on the embedded engine a transaction already keeps everybody else out.

import { sql, type Migration } from 'kysely';
import { migrations as shipped } from '#db/migrations/index.ts';
import { Fault } from '../errors.ts';
import type { Db } from './connection.ts';
import { transaction } from './transaction.ts';

/** Any number of our own, and not that of the event log; a transaction that holds this lock is the only one that migrates. */
const LOCK = 7_483_920_114;

/** @returns names of the migrations this call has run */
export async function migrate(
	db: Db,
	log: (line: string) => void = () => undefined,
	migrations: Record<string, Migration> = shipped,
): Promise<string[]> {
	const names = Object.keys(migrations);
	const done: string[] = [];
	while (true) {
		const name = await transaction(db, async (tx) => {
			await sql`select set_config('lock_timeout', '0', true), pg_advisory_xact_lock(${LOCK})`.execute(tx);
			const had = await appliedIn(tx);
			const next = nextOf(names, had);
			if (next === undefined) return undefined;
			await migrations[next]!.up(tx);
			await sql`insert into migration (name, run_at) values (${next}, now())`.execute(tx);
			return next;
		});
		if (name === undefined) return done;
		log(`数据库迁移 · migrated ${name}`);
		done.push(name);
	}
}

/** Newest migration the database has had; undefined for a new one. */
export async function schemaOf(db: Db): Promise<string | undefined> {
	const { rows } = await sql<{ known: boolean }>`select to_regclass('migration') is not null as known`.execute(db);
	if (!rows[0]?.known) return undefined;
	const newest = await sql<{ name: string }>`select name from migration order by name desc limit 1`.execute(db);
	return newest.rows[0]?.name;
}

async function appliedIn(tx: Db): Promise<string[]> {
	await sql`create table if not exists migration (name text primary key, run_at timestamptz not null)`.execute(tx);
	const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(tx);
	return rows.map((row) => row.name);
}

function nextOf(names: string[], had: string[]): string | undefined {
	const stranger = had.find((name, at) => names[at] !== name);
	if (stranger !== undefined) {
		throw new Fault(
			'conflict',
			stranger,
			`数据库比程序新（已有 ${stranger}），请更新程序 · The database is newer than this program (it has ${stranger}); update the program.`,
		);
	}
	return names[had.length];
}
