// A copy of the embedded database while it runs, by PostgreSQL's own way of base backups: its start is marked in the
// log, the files are copied as they change, and the log that belongs to them is copied last. Whoever opens the copy
// replays that log. Files are packed; one that has not changed since the last copy is linked to it instead.

import { createHash, randomUUID } from 'node:crypto';
import fs from 'node:fs';
import fsp from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { sql } from 'kysely';
import { Fault } from '../../errors.ts';
import type { Db } from '../connection.ts';
import { readList, LIST, type BackupFile, type BackupList } from './backup-list.ts';
import { readManifest } from './manifest.ts';
import type { Place } from './place.ts';
import { syncTree } from './sync.ts';

/** Neither copied nor missed: made anew at every opening. */
const LEFT_OUT = /^(postmaster\.(pid|opts)|pg_wal\/.*|pg_stat_tmp\/.*|pg_dynshmem\/.*|pg_notify\/.*|.*pgsql_tmp.*)$/;
const CONTROL = 'global/pg_control';
const packed = promisify(gzip);

/**
 * @param db - every question of it goes to the one session of the engine
 * @param target - must not exist
 * @param previous - an earlier copy of the same database, for files that are the same
 */
export async function backUpRunning(
	db: Db,
	place: Place,
	target: string,
	previous: string | undefined,
	now: Date,
): Promise<BackupList> {
	const manifest = readManifest(place);
	if (!manifest)
		throw new Fault('not-found', place.folder, `${place.folder} 没有数据库 · There is no database to copy.`);
	const draft = `${target}.draft-${randomUUID().slice(0, 8)}`;
	await fsp.mkdir(draft, { recursive: true, mode: 0o700 });
	try {
		const files = await copyAll(db, place, draft, previous);
		await fsp.writeFile(join(draft, 'manifest.json'), JSON.stringify(manifest, null, '\t'));
		files.push(await described(draft, 'manifest.json'));
		const list: BackupList = { takenAt: now.toISOString(), instance: manifest.instance, files };
		await fsp.writeFile(join(draft, LIST), JSON.stringify(list, null, '\t'));
		syncTree(draft);
		await fsp.rename(draft, target);
		return list;
	} catch (error) {
		await fsp.rm(draft, { recursive: true, force: true });
		throw error;
	}
}

async function copyAll(db: Db, place: Place, draft: string, previous: string | undefined): Promise<BackupFile[]> {
	const before = new Map(previous ? readList(previous).files.map((file) => [file.path, file]) : []);
	const started = await sql<{ segment: string }>`
		select pg_walfile_name(pg_backup_start('sitewatch', true)) as segment`.execute(db);
	const files: BackupFile[] = [];
	let label: string | undefined;
	try {
		const names = (await fsp.readdir(place.cluster, { recursive: true })).map((name) => name.replaceAll('\\', '/'));
		// The control file last: the log is replayed from where it points to.
		const order = names.filter((name) => name !== CONTROL && !LEFT_OUT.test(name)).sort();
		for (const name of [...order, CONTROL]) {
			const file = await copyOne(place, name, draft, previous, before.get(`cluster/${name}.gz`));
			if (file) files.push(file);
		}
	} finally {
		const stopped = await sql<{ labelfile: string }>`select labelfile from pg_backup_stop(false)`.execute(db);
		label = stopped.rows[0]?.labelfile;
	}
	if (!label) throw new Error('The engine was opened anew while its files were copied.');
	await sql`select pg_switch_wal()`.execute(db);
	for (const name of (await fsp.readdir(join(place.cluster, 'pg_wal'))).sort()) {
		if (!/^[0-9A-F]{24}$/.test(name) || name < started.rows[0]!.segment) continue;
		files.push((await copyOne(place, `pg_wal/${name}`, draft, undefined, undefined))!);
	}
	await fsp.mkdir(join(draft, 'cluster/pg_wal/archive_status'), { recursive: true });
	await fsp.writeFile(join(draft, 'cluster/backup_label'), label);
	files.push(await described(draft, 'cluster/backup_label'));
	return files;
}

/** @returns undefined for a folder, or a file that has gone meanwhile */
async function copyOne(
	place: Place,
	name: string,
	draft: string,
	previous: string | undefined,
	same: BackupFile | undefined,
): Promise<BackupFile | undefined> {
	const from = join(place.cluster, name);
	const path = `cluster/${name}.gz`;
	const to = join(draft, path);
	try {
		const { mtimeMs, size, isDirectory } = await statOf(from);
		if (isDirectory) {
			await fsp.mkdir(join(draft, 'cluster', name), { recursive: true, mode: 0o700 });
			return undefined;
		}
		await fsp.mkdir(dirname(to), { recursive: true, mode: 0o700 });
		if (previous && same && same.mtimeMs === mtimeMs && same.plainBytes === size) {
			await fsp.link(join(previous, path), to);
			return same;
		}
		const bytes = await packed(await fsp.readFile(from), { level: 1 });
		await fsp.writeFile(to, bytes, { mode: 0o600 });
		const sha256 = createHash('sha256').update(bytes).digest('hex');
		return { path, bytes: bytes.length, sha256, mtimeMs, plainBytes: size };
	} catch (error) {
		if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
		throw error;
	}
}

async function statOf(path: string): Promise<{ mtimeMs: number; size: number; isDirectory: boolean }> {
	const stat = await fsp.stat(path);
	return { mtimeMs: stat.mtimeMs, size: stat.size, isDirectory: stat.isDirectory() };
}

async function described(folder: string, path: string): Promise<BackupFile> {
	const bytes = await fsp.readFile(join(folder, path));
	return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}

/** What a copy takes on the disk; files linked from an earlier one count once there. */
export function bytesOf({ files }: BackupList): number {
	return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** Copies in a folder, oldest first, by the moment in their names. */
export function copiesIn(folder: string): string[] {
	if (!fs.existsSync(folder)) return [];
	return fs
		.readdirSync(folder)
		.filter((name) => /^\d{4}-\d{2}-\d{2}T[\d-]+Z$/.test(name))
		.sort();
}
