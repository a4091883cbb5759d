// A dump of our own, for machines without pg_dump: one packed file a table (a day of readings), and a list with rows
// and checksums. Everything is read in one snapshot.

import fs from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import pg from 'pg';
import * as v from 'valibot';
import { storageRules } from '#db/rules/storage.ts';
import { openDatabases, type Db } from '../db/connection.ts';
import { ensureReadingPartitions } from '../db/partition.ts';
import { schemaOf } from '../db/migrate.ts';
import { Fault } from '../errors.ts';
import { rowsIn, rowsOut, setSequences, Summing } from '../transfer/copy-table.ts';
import { identifier, movedTables, readingDays } from '../transfer/tables.ts';

const DumpSchema = v.object({
	takenAt: v.string(),
	schema: v.string(),
	parts: v.array(
		v.object({
			table: v.string(),
			columns: v.array(v.string()),
			key: v.array(v.string()),
			day: v.optional(v.string()),
			file: v.string(),
			rows: v.number(),
			sha256: v.string(),
		}),
	),
});
type Dump = v.InferOutput<typeof DumpSchema>;

const LIST = 'dump.json';
const PATIENCE_MS = storageRules.migrating.value * 1000;
const OPTIONS = '-c TimeZone=UTC -c DateStyle=ISO,YMD -c extra_float_digits=1';

/** @returns bytes on the disk */
export async function dumpTables(url: string, db: Db, path: string, now: Date): Promise<number> {
	const draft = `${path}.draft`;
	fs.mkdirSync(draft, { recursive: true, mode: 0o700 });
	const tables = await movedTables(db);
	const days = await readingDays(db);
	const client = await connected(url);
	try {
		await client.query('begin isolation level repeatable read read only');
		const dump: Dump = { takenAt: now.toISOString(), schema: (await schemaOf(db)) ?? '', parts: [] };
		for (const table of tables) {
			for (const day of table.name === 'reading' ? days : [undefined]) {
				const file = `${table.name}${day ? `-${day}` : ''}.copy.gz`;
				const summing = new Summing();
				const out = fs.createWriteStream(join(draft, file), { mode: 0o600 });
				await pipeline(rowsOut(client, table, day), summing, createGzip({ level: 4 }), out);
				const { name, columns, key } = table;
				dump.parts.push({ table: name, columns, key, ...(day ? { day } : {}), file, ...summing.sum() });
			}
		}
		fs.writeFileSync(join(draft, LIST), JSON.stringify(dump, null, '\t'), { mode: 0o600 });
		fs.renameSync(draft, path);
	} finally {
		await client.end();
		fs.rmSync(draft, { recursive: true, force: true });
	}
	return fs.readdirSync(path).reduce((sum, name) => sum + fs.statSync(join(path, name)).size, 0);
}

/** Builds the schema and puts the rows in, all or none. @throws Fault `bad-input` for a dump that is not whole */
export async function restoreTables(url: string, path: string): Promise<void> {
	const dump = readDump(path);
	const databases = await openDatabases({ DATABASE_URL: url, DATA_DIR: '' });
	try {
		const schema = await schemaOf(databases.read);
		if (schema !== dump.schema) {
			throw new Fault(
				'conflict',
				path,
				`备份的结构是 ${dump.schema}，程序是 ${schema ?? '—'}：请用同一版本恢复后再升级 · restore with the version that made it, then upgrade.`,
			);
		}
		for (const { day } of dump.parts) if (day) await ensureReadingPartitions(databases.ingest, day, 1);
	} finally {
		await databases.close();
	}
	const client = await connected(url);
	try {
		await client.query('begin');
		const names = [...new Set(dump.parts.map(({ table }) => table))];
		if (names.length > 0) await client.query(`truncate ${names.map(identifier).join()} cascade`);
		for (const { table, columns, key, file, rows, sha256 } of dump.parts) {
			const summing = new Summing();
			try {
				const from = fs.createReadStream(join(path, file));
				await pipeline(from, createGunzip(), summing, rowsIn(client, { name: table, columns, key }));
			} catch (cause) {
				throw notWhole(path, `${file}: ${(cause as Error).message}`);
			}
			const sum = summing.sum();
			if (sum.rows !== rows || sum.sha256 !== sha256) throw notWhole(path, file);
		}
		await setSequences(client);
		await client.query('commit');
	} finally {
		await client.end();
	}
}

function readDump(path: string): Dump {
	try {
		return v.parse(DumpSchema, JSON.parse(fs.readFileSync(join(path, LIST), 'utf8')));
	} catch (error) {
		throw notWhole(path, `${LIST} (${(error as Error).message})`);
	}
}

function notWhole(path: string, what: string): Fault {
	return new Fault('bad-input', path, `备份 ${path} 不完整：${what} · The backup is not whole: ${what}`);
}

async function connected(url: string): Promise<pg.Client> {
	const client = new pg.Client({
		connectionString: url,
		options: OPTIONS,
		statement_timeout: PATIENCE_MS,
		idle_in_transaction_session_timeout: PATIENCE_MS,
	});
	client.on('error', () => undefined);
	await client.connect();
	return client;
}
