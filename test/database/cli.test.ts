// The command line as a person calls it: a process, its output, its status.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import { beforeAll, expect, test } from 'vitest';
import { migrations } from '#db/migrations/index.ts';
import { readManifest } from '#lib/server/db/engine/manifest.ts';
import { placeOf } from '#lib/server/db/engine/place.ts';
import { acquireInstanceLock } from '#lib/server/db/lock.ts';
import { embeddedFolder, openEmbedded } from './embedded-folder.ts';
import { endEngine } from './end-engine.ts';

let folder: string;
beforeAll(async () => void (folder = await embeddedFolder()));

const NEWEST = Object.keys(migrations).at(-1)!;

function sitewatch(...args: string[]): Promise<{ status: number | null; out: string; err: string }> {
	const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', ...args], {
		env: { ...process.env, DATA_DIR: folder, DATABASE_URL: '', SITEWATCH_CWD: folder },
	});
	let [out, err] = ['', ''];
	child.stdout.on('data', (chunk) => (out += String(chunk)));
	child.stderr.on('data', (chunk) => (err += String(chunk)));
	return new Promise((resolve) => child.once('close', (status) => resolve({ status, out, err })));
}

test('a command nobody knows is status 2 and names those there are', async () => {
	const { status, out, err } = await sitewatch('fly');
	expect([status, out]).toEqual([2, '']);
	expect(err).toMatch(/There is no such command: fly[^]*doctor/);
});

test('npm adds nothing of its own to the answer', async () => {
	const child = spawn('npm', ['run', 'sitewatch', '--', 'token', '--help'], {
		env: { ...process.env, DATA_DIR: folder },
	});
	let out = '';
	child.stdout.on('data', (chunk) => (out += String(chunk)));
	await new Promise((resolve) => child.once('close', resolve));
	expect(out).toMatch(/^用法 · Usage: npm run sitewatch -- token create --name NAME/);
});

test('a command asked for help tells how it is called', async () => {
	const { status, out, err } = await sitewatch('import', '--help');
	expect([status, err]).toEqual([0, '']);
	expect(out).toMatch(/import <sites[^]*\[--datum/);
});

test.each([
	[['import', 'cranes', 'x.csv'], /“cranes”.*expected one of sites/],
	[['import', 'sites'], /FILE is missing/],
	[['import', 'sites', 'x.csv', '--datum', 'mars'], /--datum “mars”/],
	[['export', 'sites', '--format', 'pdf'], /--format “pdf”.*geojson, csv, xlsx/],
	[['export', 'sites', '--datum', 'EPSG:9999'], /--datum “EPSG:9999”/],
	[['token', 'create', '--name', 'x', '--scope', 'all'], /--scope “all”.*ingest, read, plan, admin/],
	[['solve', 'x.json', '--seed', 'a'], /--seed “a”.*whole number/],
	[['solve', 'x.json', '--fast'], /'--fast'/],
])('%j is wrong usage: what is wrong, then how it is called', async (args, what) => {
	const { status, out, err } = await sitewatch(...args);
	expect([status, out]).toEqual([2, '']);
	expect(err).toMatch(what);
	expect(err).toContain(`Usage: npm run sitewatch -- ${args[0]}`);
});

test('asked for help, it answers on standard output', async () => {
	const { status, out } = await sitewatch('help');
	expect(status).toBe(0);
	expect(out).toMatch(/import <[^]*backup \[--verify\] FOLDER/);
});

test('a wrong call is status 2 with the usage', async () => {
	expect(await sitewatch('backup')).toMatchObject({
		status: 2,
		out: '',
		err: expect.stringContaining('backup [--verify] FOLDER') as string,
	});
});

test('migrate starts the database by itself and prints the schema', async () => {
	expect(await sitewatch('migrate')).toMatchObject({ status: 0, out: `数据库结构 · Schema: ${NEWEST}\n` });
	expect(readManifest(placeOf(folder))?.schema).toBe(NEWEST);
});

test('doctor finds the running database healthy', async () => {
	const databases = await openEmbedded(folder);
	const { status, out } = await sitewatch('doctor');
	expect(out).toMatch(/✓ .*engine: embedded database, pid \d+/);
	expect(out).toMatch(/✓ .*durability: fsync/);
	expect(out).toContain(`schema: ${NEWEST}`);
	expect(status).toBe(/✗/.test(out) ? 1 : 0);
	await databases.close();
});

test('a backup brings the district back after its folder was emptied', async () => {
	const databases = await openEmbedded(folder);
	await sql`create table note (text text)`.execute(databases.ingest);
	await sql`insert into note values ('kept')`.execute(databases.ingest);
	await databases.close();
	await endEngine(folder);

	expect(await sitewatch('backup', 'copy')).toMatchObject({ status: 0 });
	const { cluster } = placeOf(folder);
	fs.rmSync(cluster, { recursive: true });
	fs.mkdirSync(cluster);
	const refused = await sitewatch('migrate');
	expect(refused.status).toBe(1);
	expect(refused.err).toContain('npm run sitewatch -- restore');

	expect(await sitewatch('restore', 'copy')).toMatchObject({ status: 0 });
	const again = await openEmbedded(folder);
	expect((await sql`select text from note`.execute(again.read)).rows).toEqual([{ text: 'kept' }]);
	await again.close();
	await endEngine(folder);
}, 120_000);

test('a backup with one file changed is refused and nothing is touched', async () => {
	const victim = join(folder, 'copy/cluster/PG_VERSION');
	fs.writeFileSync(victim, '99\n');
	const before = fs.statSync(placeOf(folder).cluster).ino;
	const { status, err } = await sitewatch('restore', 'copy');
	expect(status).toBe(1);
	expect(err).toMatch(/not whole: cluster\/PG_VERSION/);
	expect(fs.statSync(placeOf(folder).cluster).ino).toBe(before);
});

test('a restore is not done while the program runs', async () => {
	const lock = acquireInstanceLock(folder, new Date());
	const { status, err } = await sitewatch('restore', 'copy');
	lock.release();
	expect(status).toBe(1);
	expect(err).toMatch(/Sitewatch is running \(process \d+\); stop it first/);
});

test('F-52 a backup is taken while the program runs, is restored into a scratch place, counted, and put back', async () => {
	const running = await openEmbedded(folder);
	await sql`insert into note values ('while it runs')`.execute(running.ingest);
	const { status, out, err } = await sitewatch('backup', '--verify', 'running');
	expect([status, out, err]).toEqual([0, expect.stringMatching(/Restored into a scratch place/), '']);
	const doctor = await sitewatch('doctor', '--deep');
	expect(doctor.out).toMatch(/✓ .*last verified restore: \d{4}-/);
	expect(doctor.out).toMatch(/✓ .*pages: .*can be read/);
	await running.close();
	await endEngine(folder);

	fs.rmSync(placeOf(folder).cluster, { recursive: true });
	expect(await sitewatch('restore', 'running')).toMatchObject({ status: 0 });
	const again = await openEmbedded(folder);
	expect((await sql`select text from note`.execute(again.read)).rows).toEqual([
		{ text: 'kept' },
		{ text: 'while it runs' },
	]);
	await again.close();
	await endEngine(folder);
}, 240_000);
