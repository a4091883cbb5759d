// Whether an embedded database that has opened still holds what it held. A table file cut short opens without a word
// and shows fewer rows; here that is found before anybody reads them.

import { sql } from 'kysely';
import { storageRules } from '#db/rules/storage.ts';
import type { Db } from '../connection.ts';
import { damaged, noteFloors, readManifest } from './manifest.ts';
import type { Place } from './place.ts';

/** Tables whose rows are never taken away. */
const ONLY_GROWING = ['audit', 'revision', 'source', 'person'] as const;

/** Page with a wrong checksum or header, index that does not fit its table. */
const CORRUPTED = /^XX00[12]$/;

/** @throws Fault `gone` with the way back, when rows or pages are missing */
export async function probeTables(db: Db, place: Place): Promise<void> {
	try {
		await probe(db, place);
	} catch (error) {
		const { code, message } = error as { code?: string; message: string };
		throw CORRUPTED.test(code ?? '') ? damaged(place, message) : error;
	}
}

async function probe(db: Db, place: Place): Promise<void> {
	const short = await shortFiles(db);
	if (short.length > 0) throw damaged(place, `${short.join('、')} 的文件被截短 · files are cut short`);
	const floors = readManifest(place)?.floors ?? {};
	const counts = await countsOf(db);
	for (const [table, floor] of Object.entries(floors)) {
		const count = counts[table] ?? 0;
		if (count < floor) {
			throw damaged(
				place,
				`表 ${table} 只剩 ${count} 行，应至少有 ${floor} 行 · only ${count} of ${floor} rows are left`,
			);
		}
	}
}

/** Keeps how many rows there are now, for the next opening. */
export async function keepFloors(db: Db, place: Place): Promise<void> {
	noteFloors(place, await countsOf(db));
}

/** Files shorter than PostgreSQL itself last saw them; it makes them shorter only when it vacuums, and then knows it. */
async function shortFiles(db: Db): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`
		select relname as name from pg_class
		where relkind in ('r', 'i') and relpersistence = 'p' and relfilenode <> 0
			and pg_relation_size(oid) < relpages::bigint * current_setting('block_size')::int
		order by relname`.execute(db);
	return rows.map(({ name }) => name);
}

async function countsOf(db: Db): Promise<Record<string, number>> {
	const { rows } = await sql<{ name: string }>`
		select relname as name from pg_class
		where relkind = 'r' and relnamespace = 'public'::regnamespace and relname = any(${[...ONLY_GROWING]}::text[])`.execute(
		db,
	);
	const counts: Record<string, number> = {};
	for (const { name } of rows) {
		const counted = await sql<{ n: string }>`select count(*) as n from ${sql.table(name)}`.execute(db);
		counts[name] = Number(counted.rows[0]!.n);
	}
	return counts;
}

/**
 * Reads every page of every table that is not too large, so that the checksum of each is looked at.
 *
 * @returns what could not be read, in PostgreSQL's words
 */
export async function readAllPages(db: Db): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`
		select relname as name from pg_class
		where relkind = 'r' and relnamespace = 'public'::regnamespace
			and pg_relation_size(oid) <= ${storageRules.probeBytes.value}::bigint
		order by relname`.execute(db);
	const broken: string[] = [];
	for (const { name } of rows) {
		try {
			await sql`select count(*) from ${sql.table(name)}`.execute(db);
		} catch (error) {
			broken.push(`${name}: ${error instanceof Error ? error.message : String(error)}`);
		}
	}
	return broken;
}
