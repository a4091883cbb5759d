// Everything from one database into another, empty one: in one transaction, so that the target has all or nothing, and
// summed on both sides before it is kept.

import pg from 'pg';
import { storageRules } from '#db/rules/storage.ts';
import { Fault } from '../errors.ts';
import type { Databases } from '../db/connection.ts';
import { ensureReadingPartitions } from '../db/partition.ts';
import { withoutPassword } from '../db/versions.ts';
import { copyRows, setSequences, sumOf, type Sum } from './copy-table.ts';
import { identifier, movedTables, readingDays } from './tables.ts';

export interface Moved {
	table: string;
	rows: number;
	sha256: string;
}

export interface MoveProgress {
	table: string;
	day?: string;
	rows: number;
	done: number;
	of: number;
}

const PATIENCE_MS = storageRules.migrating.value * 1000;
const IS_DATA = ['source', 'person', 'site', 'reading', 'event_log', 'audit', 'alarm'] as const;

/** @throws Fault `conflict` when the target holds something */
export async function assertEmpty({ read }: Databases, url: string): Promise<void> {
	for (const table of IS_DATA) {
		const row = await read
			.selectFrom(table)
			.select((eb) => eb.lit(1).as('one'))
			.limit(1)
			.executeTakeFirst();
		if (!row) continue;
		const name = withoutPassword(url);
		throw new Fault(
			'conflict',
			name,
			`目标数据库 ${name} 不是空的（表 ${table} 有数据），未做任何改动 · The target is not empty: ${table} has rows. Nothing was changed.`,
		);
	}
}

/**
 * @param source - connection of the database to move
 * @param target - open databases at the newest schema, empty
 * @returns table by table what now lies in the target, equal on both sides
 * @throws Fault `conflict` when sums differ; the target is as it was
 */
export async function moveAll(
	source: { databases: Databases; connection: pg.ClientConfig },
	target: { databases: Databases; url: string },
	onProgress: (progress: MoveProgress) => void,
): Promise<Moved[]> {
	await assertEmpty(target.databases, target.url);
	const tables = await movedTables(source.databases.read);
	const days = await readingDays(source.databases.read);
	for (const day of days) await ensureReadingPartitions(target.databases.ingest, day, 1);

	const options = '-c TimeZone=UTC -c DateStyle=ISO,YMD -c extra_float_digits=1';
	const patience = { statement_timeout: PATIENCE_MS, idle_in_transaction_session_timeout: PATIENCE_MS };
	const from = new pg.Client({ ...source.connection, ...patience, options });
	const to = new pg.Client({ connectionString: target.url, ...patience, options });
	for (const client of [from, to]) client.on('error', () => undefined);
	await from.connect();
	await to.connect();
	try {
		await from.query('begin isolation level repeatable read read only');
		await to.query('begin');
		await to.query('set local lock_timeout = 5000');
		// Rows that migrations put in come over with the rest.
		await to.query(`truncate ${tables.map(({ name }) => identifier(name)).join()} cascade`);
		const moved: Moved[] = [];
		const of = tables.length - 1 + days.length;
		let done = 0;
		for (const table of tables) {
			const parts = table.name === 'reading' ? days : [undefined];
			const sums: Sum[] = [];
			for (const day of parts) {
				const sent = await copyRows(from, to, table, day);
				const there = await sumOf(to, table, day);
				if (sent.rows !== there.rows || sent.sha256 !== there.sha256) throw differs(table.name, sent, there);
				sums.push(there);
				done += 1;
				onProgress({ table: table.name, ...(day ? { day } : {}), rows: there.rows, done, of });
			}
			const rows = sums.reduce((sum, part) => sum + part.rows, 0);
			const { rows: counted } = await to.query<{ n: string }>(`select count(*) as n from ${identifier(table.name)}`);
			if (Number(counted[0]!.n) !== rows) {
				throw differs(table.name, { rows, sha256: '' }, { rows: Number(counted[0]!.n), sha256: '' });
			}
			moved.push({ table: table.name, rows, sha256: sums.map(({ sha256 }) => sha256).join(' ') });
		}
		await setSequences(to);
		await to.query('commit');
		await to.query('analyze');
		return moved;
	} finally {
		await Promise.allSettled([from.end(), to.end()]);
	}
}

function differs(table: string, sent: Sum, there: Sum): Fault {
	return new Fault(
		'conflict',
		table,
		`表 ${table} 两边不一致（${sent.rows} 行，对方 ${there.rows} 行），目标未保留任何数据 · ` +
			`${table} differs on the two sides (${sent.rows} rows, ${there.rows} there); the target keeps nothing.`,
	);
}
