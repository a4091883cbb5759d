// Dumps of a PostgreSQL server: by pg_dump where it is installed and fits the server, otherwise table by table by COPY.
// Either is proved by restoring it into a database of its own on the same server and counting.

import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { backupRules } from '#db/rules/operations.ts';
import { childEnvironment } from '../config.ts';
import { openDatabases, type Db } from '../db/connection.ts';
import { Fault } from '../errors.ts';
import { countRows, missingRows, type Counts } from './count-rows.ts';
import { dumpTables, restoreTables } from './tables.ts';

const run = promisify(execFile);
const WITHIN_MS = backupRules.dumpWithin.value * 1000;

export interface Dumped {
	kind: 'pg_dump' | 'tables';
	path: string;
	bytes: number;
	tables: Counts;
}

/** @param tool - another program in place of pg_dump; empty: none, table by table */
export async function dumpServer(db: Db, url: string, folder: string, now: Date, tool = 'pg_dump'): Promise<Dumped> {
	fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
	const name = now.toISOString().replaceAll(/[:.]/g, '-');
	const tables = await countRows(db);
	if (tool && (await fits(tool, url))) {
		const path = join(folder, `${name}.dump`);
		const draft = `${path}.draft`;
		await run(tool, ['--format=custom', '--compress=6', '--no-password', `--file=${draft}`], {
			env: childEnvironment(asEnv(url)),
			timeout: WITHIN_MS,
		});
		fs.chmodSync(draft, 0o600);
		fs.renameSync(draft, path);
		return { kind: 'pg_dump', path, bytes: fs.statSync(path).size, tables };
	}
	const path = join(folder, name);
	return { kind: 'tables', path, bytes: await dumpTables(url, db, path, now), tables };
}

/** @throws Fault when the dump cannot be restored or lacks rows */
export async function verifyServer(url: string, dump: Pick<Dumped, 'kind' | 'path' | 'tables'>): Promise<void> {
	const name = `sitewatch_verify_${randomBytes(4).toString('hex')}`;
	await asAdmin(url, `create database ${name} encoding 'UTF8' template template0`).catch((error: Error) => {
		const hint = '授予 CREATEDB 后可自动验证 · grant CREATEDB, or restore by hand';
		throw new Fault('forbidden', name, `无法建立验证库：${error.message}（${hint}）`, { cause: error });
	});
	const scratch = Object.assign(new URL(url), { pathname: `/${name}` }).href;
	try {
		await restoreServer(scratch, dump);
		const databases = await openDatabases({ DATABASE_URL: scratch, DATA_DIR: '' }, { migrate: false });
		try {
			const wrong = missingRows(dump.tables, await countRows(databases.read));
			if (wrong.length > 0)
				throw new Fault('bad-input', dump.path, `备份恢复后缺行 · Restored, rows are missing: ${wrong.join('; ')}`);
		} finally {
			await databases.close();
		}
	} finally {
		await asAdmin(url, `drop database if exists ${name} with (force)`);
	}
}

/** Puts a dump into an empty database. @throws Fault when it is not whole */
export async function restoreServer(url: string, { kind, path }: Pick<Dumped, 'kind' | 'path'>): Promise<void> {
	if (kind === 'tables') return restoreTables(url, path);
	try {
		await run('pg_restore', ['--no-password', '--no-owner', '--exit-on-error', `--dbname=${dbName(url)}`, path], {
			env: childEnvironment(asEnv(url)),
			timeout: WITHIN_MS,
		});
	} catch (cause) {
		const why = (cause as { stderr?: string }).stderr ?? String(cause);
		throw new Fault('bad-input', path, `备份无法恢复 · The backup cannot be restored: ${why.slice(0, 500)}`, { cause });
	}
}

/** pg_dump refuses servers newer than itself. */
async function fits(tool: string, url: string): Promise<boolean> {
	try {
		const { stdout } = await run(tool, ['--version']);
		const own = Number(/(\d+)/.exec(stdout)?.[1]);
		const client = new pg.Client({ connectionString: url });
		await client.connect();
		const { rows } = await client.query<{ v: number }>(`select current_setting('server_version_num')::int as v`);
		await client.end();
		return own >= Math.floor(rows[0]!.v / 10_000);
	} catch {
		return false;
	}
}

const dbName = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1));

/** By the environment, so that the password stands in no list of processes. */
function asEnv(url: string): Record<string, string> {
	const { hostname, port, username, password, searchParams } = new URL(url);
	return {
		PGHOST: decodeURIComponent(hostname),
		PGPORT: port || '5432',
		PGUSER: decodeURIComponent(username),
		PGDATABASE: dbName(url),
		...(password ? { PGPASSWORD: decodeURIComponent(password) } : {}),
		...(searchParams.get('sslmode') ? { PGSSLMODE: searchParams.get('sslmode')! } : {}),
	};
}

async function asAdmin(url: string, statement: string): Promise<void> {
	const client = new pg.Client({ connectionString: url });
	await client.connect();
	try {
		await client.query(statement);
	} finally {
		await client.end();
	}
}
