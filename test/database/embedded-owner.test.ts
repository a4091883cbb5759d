// One folder, one owner; and a folder that was emptied or damaged is never begun anew.

import { spawn, type ChildProcess } from 'node:child_process';
import fs from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabases } from '#lib/server/db/connection.ts';
import { placeOf } from '#lib/server/db/engine/place.ts';
import { readManifest, writeManifest } from '#lib/server/db/engine/manifest.ts';
import { acquireInstanceLock, acquireLock, holderOf } from '#lib/server/db/lock.ts';
import { startOf } from '#lib/server/db/process-start.ts';
import { embeddedFolder, openEmbedded } from './embedded-folder.ts';
import { endEngine } from './end-engine.ts';

const NOW = new Date('2026-11-21T00:00:00Z');

describe('F-13 the lock of a folder', () => {
	test('a second program is told who runs on the folder', async () => {
		const folder = await embeddedFolder();
		const lock = acquireInstanceLock(folder, NOW);
		expect(() => acquireInstanceLock(folder, NOW)).toThrow(
			new RegExp(`in use by Sitewatch, process ${process.pid} on ${hostname()}, since 2026-11-21T00:00:00.000Z`),
		);
		lock.release();
		acquireInstanceLock(folder, NOW).release();
	});

	test('is taken over when its holder is gone', async () => {
		const folder = await embeddedFolder();
		const path = join(folder, 'some.lock');
		const other = spawn(process.execPath, ['-e', 'setTimeout(() => {}, 60000)']);
		writeHolder(path, other.pid!, startOf(other.pid!));
		expect(() => acquireLock(path, 'test', NOW)).toThrow(/in use by/);
		await ended(other);
		expect(acquireLock(path, 'test', NOW).holder.pid).toBe(process.pid);
	});

	test('is taken over when another process has the holder’s number now', async () => {
		const path = join(await embeddedFolder(), 'some.lock');
		writeHolder(path, process.pid, 'another boot 1234');
		expect(holderOf(path)).toBeUndefined();
		expect(acquireLock(path, 'test', NOW).holder.started).toBe(startOf(process.pid));
	});

	test('of another host is never taken over', async () => {
		const path = join(await embeddedFolder(), 'some.lock');
		writeHolder(path, 1, '', 'other-host');
		expect(() => acquireLock(path, 'test', NOW)).toThrow(/If that host is gone, delete this file/);
	});

	test('goes to one of many who find it dead at the same time', async () => {
		const path = join(await embeddedFolder(), 'some.lock');
		writeHolder(path, 999_999_999, 'long gone');
		const script = `
			import { acquireLock } from '${new URL('../../src/lib/server/db/lock.ts', import.meta.url).pathname}';
			try { acquireLock(${JSON.stringify(path)}, 'test', new Date()); process.stdout.write('got'); setTimeout(() => {}, 3000); }
			catch { process.stdout.write('not'); }`;
		const answers = await Promise.all(
			Array.from({ length: 6 }, async () => {
				const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
				return new Promise<string>((resolve) => child.stdout.once('data', (data: Buffer) => resolve(String(data))));
			}),
		);
		expect(answers.filter((answer) => answer === 'got')).toHaveLength(1);
	});
});

describe('the embedded database', () => {
	/** A database with rows, ended in good order, and the file its sources lie in. */
	let filled: string;
	let filledTable: string;
	const copies: string[] = [];
	beforeAll(async () => {
		filled = await embeddedFolder();
		const databases = await openEmbedded(filled);
		await sql`insert into source (id, kind, subject, name, created_at, created_by)
			select gen_random_uuid(), 'hand', 'site', 'test ' || n, now(), 'test' from generate_series(1, 6000) as n`.execute(
			databases.ingest,
		);
		const { rows } = await sql<{ path: string }>`select pg_relation_filepath('source') as path`.execute(databases.read);
		filledTable = rows[0]!.path;
		await databases.close();
		await endEngine(filled);
	});
	afterAll(() => copies.forEach((folder) => fs.rmSync(folder, { recursive: true, force: true })));

	test('is joined by a second program while the first runs, and stays when the first has ended', async () => {
		const folder = await embeddedFolder();
		const first = await openEmbedded(folder);
		await sql`create table note (text text)`.execute(first.ingest);
		const second = await openEmbedded(folder);
		await sql`insert into note values ('from the second')`.execute(second.ingest);
		expect((await sql`select text from note`.execute(first.read)).rows).toEqual([{ text: 'from the second' }]);

		const engine = holderOf(placeOf(folder).lock)!.pid;
		await first.close();
		await new Promise((wait) => setTimeout(wait, 4000));
		expect((await sql`select text from note`.execute(second.read)).rows).toHaveLength(1);
		expect(holderOf(placeOf(folder).lock)?.pid).toBe(engine);
	});

	test('ends in good order some seconds after the last has left', async () => {
		const folder = await embeddedFolder();
		const databases = await openEmbedded(folder);
		const place = placeOf(folder);
		const before = readManifest(place)!.lastCleanShutdown;
		await databases.close();
		await expect.poll(() => holderOf(place.lock), { timeout: 15_000 }).toBeUndefined();
		expect(readManifest(place)!.lastCleanShutdown).not.toBe(before);
	});

	test('serves one engine to two programs that start at the same time', async () => {
		const folder = await embeddedFolder();
		const [one, other] = await Promise.all([openEmbedded(folder), openEmbedded(folder)]);
		await sql`create table note (text text)`.execute(one.ingest);
		await sql`insert into note values ('seen by both')`.execute(other.ingest);
		expect((await sql`select text from note`.execute(one.read)).rows).toEqual([{ text: 'seen by both' }]);
	});

	test.each<[string, (cluster: string) => void, 'inside'?]>([
		['was emptied', (cluster) => emptied(cluster)],
		['is gone', (cluster) => fs.rmSync(cluster, { recursive: true })],
		['has lost PG_VERSION', (cluster) => fs.rmSync(join(cluster, 'PG_VERSION'))],
		[
			'has a zeroed control file',
			(cluster) => fs.writeFileSync(join(cluster, 'global/pg_control'), Buffer.alloc(8192)),
		],
		['has lost its log', (cluster) => emptied(join(cluster, 'pg_wal'))],
		['has a log cut short', (cluster) => cutWal(cluster)],
		['has lost its manifest', (cluster) => fs.rmSync(join(cluster, '../manifest.json'))],
		['has a manifest cut short', (cluster) => fs.truncateSync(join(cluster, '../manifest.json'), 20)],
		['belongs to another manifest', (cluster) => restamp(cluster)],
		['has a table file cut in half', (cluster) => cutTable(cluster, filledTable), 'inside'],
		['has a flipped bit in a table', (cluster) => flipBit(cluster, filledTable), 'inside'],
	])('F-12 that %s is refused with the way back, and stays as it is', async (_, damage, inside) => {
		const folder = fs.mkdtempSync(join(filled, '..', 'sw-damaged-'));
		copies.push(folder);
		fs.cpSync(join(filled, 'db'), join(folder, 'db'), { recursive: true });
		const { cluster, folder: place } = placeOf(folder);
		damage(cluster);
		// What can only be seen once it is open has been opened; its tables stay as they are all the same.
		const kept = () => listing(place).filter((name) => !inside || name.includes('/base/'));
		const before = kept();
		await expect(openDamaged(folder)).rejects.toMatchObject({
			code: 'gone',
			message: expect.stringMatching(/npm run sitewatch -- restore FOLDER/) as string,
		});
		await endEngine(folder);
		expect(kept()).toEqual(before);
	});
});

async function openDamaged(folder: string): Promise<void> {
	const databases = await openDatabases({ DATABASE_URL: '', DATA_DIR: folder });
	await databases.close();
}

function writeHolder(path: string, pid: number, started: string, host = hostname()): void {
	fs.writeFileSync(path, JSON.stringify({ pid, started, host, since: NOW.toISOString(), what: 'Sitewatch' }));
}

function ended(child: ChildProcess): Promise<void> {
	return new Promise((resolve) => {
		child.once('exit', () => resolve());
		child.kill('SIGKILL');
	});
}

function emptied(folder: string): void {
	for (const name of fs.readdirSync(folder)) fs.rmSync(join(folder, name), { recursive: true });
}

function cutWal(cluster: string): void {
	const folder = join(cluster, 'pg_wal');
	for (const name of fs.readdirSync(folder)) {
		if (/^[0-9A-F]{24}$/.test(name)) fs.truncateSync(join(folder, name), 4096);
	}
}

/** The manifest of another database beside this cluster. */
function restamp(cluster: string): void {
	const place = placeOf(join(cluster, '../..'));
	writeManifest(place, { ...readManifest(place)!, system: '7000000000000000000' });
}

function cutTable(cluster: string, table: string): void {
	const path = join(cluster, table);
	fs.truncateSync(path, 8192 * Math.floor(fs.statSync(path).size / 8192 / 2));
}

function flipBit(cluster: string, table: string): void {
	const path = join(cluster, table);
	const bytes = fs.readFileSync(path);
	bytes[8192 * 3 + 5000]! ^= 0x10;
	fs.writeFileSync(path, bytes);
}

/** Files and sizes, without those that come and go with every start. */
function listing(folder: string): string[] {
	const names = fs.readdirSync(folder, { recursive: true }) as string[];
	return names.filter((name) => !/engine[.-]|postmaster|\.s\.PGSQL/.test(name)).sort();
}
