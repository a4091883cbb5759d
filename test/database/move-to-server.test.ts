// Everything out of the embedded database into a PostgreSQL server: equal on both sides, or nothing at all. And dumps
// of a server, restored and counted.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { dumpServer, restoreServer, verifyServer } from '#lib/server/backup/server.ts';
import { openDatabases } from '#lib/server/db/connection.ts';
import { ensureReadingPartitions } from '#lib/server/db/partition.ts';
import { aRegister } from '../builders.ts';
import { asAdmin, freshServerDatabase, type FreshDatabase } from '../flow/fresh-server-database.ts';
import { embeddedFolder, openEmbedded } from './embedded-folder.ts';
import { endEngine } from './end-engine.ts';

const url = process.env.TEST_DATABASE_URL ?? '';
const READINGS = 5000;

describe.runIf(url)('moving to a server', () => {
	let folder: string;
	let target: FreshDatabase;

	beforeAll(async () => {
		folder = await embeddedFolder();
		const databases = await openEmbedded(folder);
		await aRegister(databases.ingest)
			.withTown('330109001', '城厢', [120.264, 30.1854])
			.withSite({ name: '工地，一号', town: '330109001', at: [120.27, 30.17] })
			.withCrane({ site: '工地，一号', record: 'R-1', device: 'TC-1' })
			.build();
		for (const day of ['2026-11-19', '2026-11-20']) await ensureReadingPartitions(databases.ingest, day, 1);
		await sql`insert into reading (device_no, observed_at, seq, received_at, values)
			select (select no from device where id = 'TC-1'), timestamptz '2026-11-19 12:00Z' + n * interval '10 seconds',
				n, now(), jsonb_build_object('windMs', n * 0.1, 'text', '风\t速')
			from generate_series(1, ${READINGS}::int) as n`.execute(databases.ingest);
		await databases.close();
		await endEngine(folder);
		target = await freshServerDatabase(url);
	}, 240_000);
	afterAll(async () => {
		await target?.remove();
		await endEngine(folder);
	});

	function move(to: string): Promise<{ status: number | null; out: string; err: string }> {
		const child = spawn(process.execPath, ['--import', 'tsx', 'src/cli/main.ts', 'move-to-server', to], {
			env: { ...process.env, DATA_DIR: folder, DATABASE_URL: '' },
		});
		let [out, err] = ['', ''];
		child.stdout.on('data', (chunk) => (out += String(chunk)));
		child.stderr.on('data', (chunk) => (err += String(chunk)));
		return new Promise((resolve) => child.once('close', (status) => resolve({ status, out, err })));
	}

	const count = async (table: string): Promise<number> => {
		const { rows } = await sql<{ n: string }>`select count(*) as n from ${sql.table(table)}`.execute(
			target.databases.read,
		);
		return Number(rows[0]!.n);
	};

	test('that breaks off half way leaves the target empty, and may be done again', async () => {
		await asAdmin(
			target.url,
			`create function stumble() returns trigger language plpgsql as $$ begin raise exception 'stumbled'; end $$;
			create trigger stumble before insert on device for each row execute function stumble()`,
		);
		const { status, err } = await move(target.url);
		expect([status, err]).toEqual([1, expect.stringContaining('stumbled')]);
		expect([await count('source'), await count('site'), await count('reading')]).toEqual([0, 0, 0]);
		await asAdmin(target.url, 'drop trigger stumble on device');
	}, 240_000);

	test('brings every row over, tells progress, and both sides are equal', async () => {
		const { status, out, err } = await move(target.url);
		expect([status, err]).toEqual([0, expect.stringContaining('equal table by table')]);
		expect(err).toMatch(/\d+\/\d+ reading 2026-11-19: \d+/);
		expect(out).toMatch(new RegExp(`^reading\\t${READINGS}\\t[0-9a-f]{16}`, 'm'));
		expect(await count('reading')).toBe(READINGS);
		const { rows } = await sql<{ name: string; area: number }>`
			select name, st_area(boundary::geography)::float8 as area from site`.execute(target.databases.read);
		expect(rows).toEqual([{ name: '工地，一号', area: expect.closeTo(160 * 160, -3) as number }]);
		// Numbers the database gives go on behind those that came over.
		const { rows: next } = await sql<{ no: number }>`
			insert into device (id, kind, expected_interval_s, source_id) select 'TC-2', kind, 5, source_id from device
			returning no`.execute(target.databases.ingest);
		expect(next[0]!.no).toBeGreaterThan(1);
	}, 240_000);

	test('is refused where something is already, and changes nothing there', async () => {
		const before = await count('reading');
		const { status, err } = await move(target.url);
		expect([status, err]).toEqual([1, expect.stringContaining('The target is not empty')]);
		expect(await count('reading')).toBe(before);
	}, 240_000);

	describe('F-52 a dump of the server', () => {
		const NOW = new Date('2026-11-26T03:00:00Z');
		test.each([
			['by pg_dump', 'pg_dump'],
			['table by table, where pg_dump is missing', ''],
		])(
			'%s is restored into a database of its own and counted',
			async (_, tool) => {
				const made = await dumpServer(target.databases.read, target.url, join(folder, `dumps-${tool}`), NOW, tool);
				expect(made.kind).toBe(tool || 'tables');
				expect(made.tables.reading).toBe(READINGS);
				await verifyServer(target.url, made);
				const more = { ...made, tables: { ...made.tables, site: 99 } };
				await expect(verifyServer(target.url, more)).rejects.toThrow(/site: 1 < 99/);
			},
			240_000,
		);

		test('that was damaged is refused, and nothing of it is kept', async () => {
			const made = await dumpServer(target.databases.read, target.url, join(folder, 'dumps-bad'), NOW, '');
			const file = join(made.path, 'site.copy.gz');
			const bytes = fs.readFileSync(file);
			fs.writeFileSync(file, Buffer.concat([bytes.subarray(0, bytes.length - 9), Buffer.alloc(9)]));
			const empty = await freshServerDatabase(url);
			await expect(restoreServer(empty.url, made)).rejects.toMatchObject({ code: 'bad-input' });
			const databases = await openDatabases({ DATABASE_URL: empty.url, DATA_DIR: '' });
			expect(await databases.read.selectFrom('source').select('id').execute()).toEqual([]);
			await databases.close();
			await empty.remove();
		}, 240_000);

		test('leaves no scratch database behind', async () => {
			const client = new pg.Client({ connectionString: url });
			await client.connect();
			const { rows } = await client.query(`select datname from pg_database where datname like 'sitewatch_verify_%'`);
			await client.end();
			expect(rows).toEqual([]);
		});
	});
});
