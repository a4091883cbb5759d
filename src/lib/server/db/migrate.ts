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
	// Whoever may not change the schema may look: nothing to do is no fault.
	if (await isDone(db, names)) return done;
	while (true) {
		const name = await transaction(db, async (tx) => {
			await sql`select set_config('lock_timeout', '0', true), pg_advisory_xact_lock(${LOCK})`.execute(tx);
			const had = await appliedIn(tx);
			const next = nextOf(names, had);
			if (next === undefined) return undefined;
			await migrations[next]!.up(tx);
			await sql`insert into migration (name, run_at) values (${next}, now())`.execute(tx);
			return next;
		}).catch((error: unknown) => {
			throw isNotOwner(error) ? notOwner() : error;
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

const isNotOwner = (error: unknown): boolean => (error as { code?: unknown }).code === '42501';

function notOwner(): Fault {
	return new Fault(
		'conflict',
		'schema',
		'数据库结构需要升级，但 DATABASE_URL 的角色无权修改：请设 DATABASE_OWNER_URL · The schema must be brought up to date and the role of DATABASE_URL may not: set DATABASE_OWNER_URL.',
	);
}

async function isDone(db: Db, names: readonly string[]): Promise<boolean> {
	if ((await schemaOf(db)) === undefined) return false;
	const { rows } = await sql<{ name: string }>`select name from migration order by name`.execute(db);
	return rows.length === names.length && rows.every(({ name }, at) => name === names[at]);
}

/**
 * Lets the role the program works as do its work on rows, as far as the owner may say so: it becomes a member of
 * `sitewatch_worker` (migration 0056).
 */
export async function letWork(owner: Db, login: string): Promise<void> {
	const { rows } = await sql<{ may: boolean }>`
		select pg_has_role(${login}, 'sitewatch_worker', 'member') as may`.execute(owner);
	if (rows[0]?.may !== true) await sql`grant sitewatch_worker to ${sql.id(login)}`.execute(owner);
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
