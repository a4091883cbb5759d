// What the shell around the embedded engine must catch: swallowed errors, statements without end, lost engines.

import fs from 'node:fs';
import type { Socket } from 'node:net';
import { sql } from 'kysely';
import pg from 'pg';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Databases } from '#lib/server/db/connection.ts';
import { placeOf, SOCKET_PORT, socketFolder } from '#lib/server/db/engine/place.ts';
import { holderOf } from '#lib/server/db/lock.ts';
import { EngineSwallowedError } from '#lib/server/db/pool.ts';
import { transaction } from '#lib/server/db/transaction.ts';
import { embeddedFolder, openEmbedded } from './embedded-folder.ts';
import { endEngine } from './end-engine.ts';

/** Every night more than the 1,083 the engine survives without being reopened. */
const MANY = process.env.NIGHTLY ? 1200 : 60;
/** Of the engine while readings come in: kill-ingest.test.ts. */
const DEATHS = process.env.NIGHTLY ? 10 : 3;
/** Rows before it dies for the first time; more each time. */
const FEWEST = 20;

const BOW_TIE = 'POLYGON((0 0, 1 1, 1 0, 0 1, 0 0))';
const crossed = sql`select st_intersection(${BOW_TIE}::geometry, st_makeenvelope(0, 0, 1, 0.7))`;

describe('F-14 errors the engine swallows', () => {
	let folder: string;
	let databases: Databases;

	beforeAll(async () => {
		folder = await embeddedFolder();
		databases = await openEmbedded(folder);
		await sql`create table note (id integer primary key, shape geometry)`.execute(databases.ingest);
	});

	const count = async (): Promise<unknown> =>
		(await sql`select count(*)::int as count from note`.execute(databases.read)).rows;

	test.each([
		['an intersection with a crossed polygon', crossed],
		[
			'the same without a bound value',
			sql`select st_union('POLYGON((0 0,1 1,1 0,0 1,0 0))'::geometry, st_makeenvelope(0, 0, 1, 0.7))`,
		],
		['the validity of an unclosed ring', sql`select st_isvalid(st_geomfromtext('POLYGON((0 0, 1 0, 1 1))'))`],
		['JSON nested 100,000 deep', sql`select length(${'['.repeat(100_000) + ']'.repeat(100_000)}::jsonb::text)`],
	])('%s is an error, not an empty answer', async (_, query) => {
		await expect(query.execute(databases.read)).rejects.toThrow();
		expect((await sql`select 1 as alive`.execute(databases.read)).rows).toEqual([{ alive: 1 }]);
	});

	test('an insert that wrote nothing does not report success', async () => {
		const insert = sql`insert into note values (1, st_intersection(${BOW_TIE}::geometry, st_makeenvelope(0, 0, 1, 0.7)))`;
		await expect(insert.execute(databases.ingest)).rejects.toThrow(EngineSwallowedError);
		expect(await count()).toEqual([{ count: 0 }]);
	});

	test('the transaction around it is rolled back, even when somebody looks the other way', async () => {
		const attempt = transaction(databases.ingest, async (tx) => {
			await sql`insert into note values (2, null)`.execute(tx);
			await crossed.execute(tx).catch(() => undefined);
			await sql`insert into note values (3, null)`.execute(tx);
		});
		await expect(attempt).rejects.toMatchObject({ code: '25P02' });
		expect(await count()).toEqual([{ count: 0 }]);
	});

	test(`${MANY} of them leave it well`, async () => {
		let swallowed = 0;
		while (swallowed < MANY) {
			const error: unknown = await crossed.execute(databases.read).catch((reason: unknown) => reason);
			// While the engine reopens, questions may run into their deadline; they are asked again.
			if (error instanceof EngineSwallowedError) swallowed += 1;
			else expect(error).toMatchObject({ code: 'database-down' });
		}
		await sql`insert into note values (4, null)`.execute(databases.ingest);
		expect(await count()).toEqual([{ count: 1 }]);
		expect(fs.readFileSync(placeOf(folder).log, 'utf8')).toContain('opens anew: 50 swallowed errors');
	}, 600_000);
});

describe('F-15 statements without end', () => {
	test('are stopped at their deadline, the engine reopens, and nothing committed is lost', async () => {
		const databases = await openEmbedded(await embeddedFolder());
		await sql`create table note (id integer primary key)`.execute(databases.ingest);
		await sql`insert into note select generate_series(1, 500)`.execute(databases.ingest);

		const started = performance.now();
		const endless = sql`select count(*) from generate_series(1, 100000000000)`.execute(databases.read);
		await expect(endless).rejects.toMatchObject({ code: 'database-down' });
		expect(performance.now() - started).toBeLessThan(9000);

		const { rows } = await sql`select count(*)::int as count from note`.execute(databases.ingest);
		expect(rows).toEqual([{ count: 500 }]);
		expect(databases.isUp()).toBe(true);
	});

	test('others who ask meanwhile are answered after the reopening', async () => {
		const databases = await openEmbedded(await embeddedFolder());
		await sql`select 1`.execute(databases.ingest);
		const endless = sql`select count(*) from generate_series(1, 100000000000)`.execute(databases.alarm);
		const meanwhile = sql`select 1 as answered`.execute(databases.ingest);
		await expect(endless).rejects.toMatchObject({ code: 'database-down' });
		expect((await meanwhile).rows).toEqual([{ answered: 1 }]);
	});
});

describe('an engine that dies', () => {
	test(`${DEATHS} times while rows are stored: no acknowledged row is lost, and the program goes on by itself`, async () => {
		const folder = await embeddedFolder();
		const databases = await openEmbedded(folder);
		await sql`create table note (id integer primary key)`.execute(databases.ingest);
		const acknowledged: number[] = [];
		let id = 0;
		let written = 0;
		const outagesMs: number[] = [];

		for (let cycle = 0; cycle < DEATHS; cycle += 1) {
			const many = FEWEST + cycle * 7;
			const killAt = acknowledged.length + many;
			written += many;
			let killed = 0;
			for (let healed = false; !healed;) {
				id += 1;
				if (!killed && acknowledged.length >= killAt) {
					const insert = sql`insert into note values (${id})`.execute(databases.ingest);
					process.kill(holderOf(placeOf(folder).lock)!.pid, 'SIGKILL');
					killed = performance.now();
					await insert.then(() => acknowledged.push(id)).catch(() => undefined);
					continue;
				}
				try {
					await sql`insert into note values (${id})`.execute(databases.ingest);
					acknowledged.push(id);
					healed = killed > 0;
				} catch (error) {
					expect(error).toMatchObject({ code: 'database-down' });
				}
			}
			outagesMs.push(Math.round(performance.now() - killed));
		}

		const { rows } = await sql<{ id: number }>`select id from note`.execute(databases.read);
		const stored = new Set(rows.map((row) => row.id));
		expect(acknowledged.filter((one) => !stored.has(one))).toEqual([]);
		expect(acknowledged.length).toBeGreaterThanOrEqual(written);
		console.log(`outages after kill -9 of the engine, ms: ${outagesMs.join(', ')}`);
	}, 600_000);

	test('is found again by a program that only reads', async () => {
		const folder = await embeddedFolder();
		const databases = await openEmbedded(folder);
		await endEngine(folder, 'SIGKILL');
		await expect
			.poll(
				() =>
					sql`select 1`.execute(databases.read).then(
						() => true,
						() => false,
					),
				{ timeout: 120_000 },
			)
			.toBe(true);
	}, 240_000);
});

describe('a transaction nobody ends', () => {
	let folder: string;
	let databases: Databases;

	beforeAll(async () => {
		folder = await embeddedFolder();
		databases = await openEmbedded(folder);
		await sql`create table note (id integer primary key)`.execute(databases.ingest);
	});

	/** A client of its own, in a transaction that has written a row. */
	async function holder(id: number, settings: pg.ClientConfig = {}): Promise<pg.Client> {
		const host = socketFolder(placeOf(folder));
		const client = new pg.Client({ host, port: SOCKET_PORT, user: 'postgres', database: 'postgres', ...settings });
		client.on('error', () => undefined);
		await client.connect();
		await client.query('begin');
		await client.query('insert into note values ($1)', [id]);
		return client;
	}
	const stored = async (): Promise<unknown> => (await sql`select id from note`.execute(databases.read)).rows;

	test('because its program was killed is undone, and others go on', async () => {
		const client = await holder(1);
		const waiting = stored();
		(client as unknown as { connection: { stream: Socket } }).connection.stream.destroy();
		expect(await waiting).toEqual([]);
	});

	test('because its program does something else is undone after a while, and others go on', async () => {
		const client = await holder(2, { idle_in_transaction_session_timeout: 300 });
		expect(await stored()).toEqual([]);
		await expect(client.query('commit')).rejects.toThrow();
	});
});
