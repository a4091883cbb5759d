// A real streaming replica for heavy questions: it answers while it is fresh; behind, killed, promoted or no replica at
// all, the primary answers instead and it is said. What somebody has just written is never missing from what they read.

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { storageRules } from '#db/rules/storage.ts';
import { SYSTEM, type Scope } from '#lib/domain/access/scope.ts';
import { readConfig } from '#lib/server/config.ts';
import { exportRegister } from '#lib/server/commands/export-register.ts';
import { openDatabases, type Databases, type Db } from '#lib/server/db/connection.ts';
import { pulseMaker } from '#lib/server/live/pulse.ts';
import type { Freshness } from '#lib/server/db/replica.ts';
import { run as doctor } from '../../src/cli/doctor.ts';
import { ownPostgres, postgresPrograms, replicaOf, type OwnPostgres } from '../own-postgres.ts';
import { aRegister } from '../builders.ts';

const LIMIT_S = storageRules.replicaLag.value;
const OWN: Scope = { kind: 'areas', areas: ['330109001'], layers: ['public', 'supervision'] };

describe.runIf(postgresPrograms() && process.env.TEST_DATABASE_URL)('a read replica', () => {
	let primary: OwnPostgres;
	let replica: OwnPostgres;
	let databases: Databases;
	const said: string[] = [];

	beforeAll(async () => {
		primary = await ownPostgres();
		const first = await openDatabases({ DATABASE_URL: primary.url, DATA_DIR: '' });
		await aRegister(first.ingest)
			.withTown('330109001', '城厢街道', [120.25, 30.15])
			.withTown('330109002', '北干街道', [120.28, 30.18])
			.withSite({ name: '湘湖里', town: '330109001', at: [120.25, 30.15] })
			.withSite({ name: '金城花园', town: '330109002', at: [120.28, 30.18] })
			.build();
		await first.close();
		replica = await replicaOf(primary);
		databases = await openDatabases(
			{ DATABASE_URL: primary.url, DATABASE_READ_URL: replica.url, DATA_DIR: '' },
			{ log: (line) => said.push(line) },
		);
	}, 240_000);
	afterAll(async () => {
		await databases?.close();
		await replica?.remove();
		await primary?.remove();
	});

	const portOf = ({ url }: OwnPostgres) => Number(new URL(url).port);
	const answering = (db: Db) =>
		sql<{ port: number }>`select current_setting('port')::int as port`.execute(db).then(({ rows }) => rows[0]!.port);
	/** Who answers a heavy question. */
	const whoAnswers = async (freshness: Freshness = 'lately', scope: Scope = SYSTEM) =>
		(await databases.heavy(scope, freshness, answering)) === portOf(replica) ? 'replica' : 'primary';
	const becomes = (state: string, withinMs = 30_000) =>
		expect.poll(() => databases.replica().state, { timeout: withinMs, interval: 100 }).toBe(state);
	async function onReplica(statement: string): Promise<void> {
		const client = new pg.Client({ connectionString: replica.url });
		await client.connect();
		await client.query(statement).finally(() => client.end());
	}
	const write = async (name: string) => {
		await databases.ingest
			.insertInto('source')
			.values({ id: randomUUID(), kind: 'hand', subject: 'sites', name, created_at: new Date(), created_by: 'test' })
			.execute();
	};

	test('while it follows, named heavy questions go there and all others to the primary', async () => {
		await becomes('follows');
		expect(await whoAnswers()).toBe('replica');
		for (const db of [databases.read, databases.ingest, databases.alarm, databases.scoped(OWN)])
			expect(await answering(db)).toBe(portOf(primary));
		expect(databases.replica().lagS).toBeLessThan(LIMIT_S);
	});

	test('a primary at rest is not taken for a replica that lags', async () => {
		await sleep(3000);
		expect(databases.replica()).toMatchObject({ state: 'follows' });
		expect(databases.replica().lagS).toBeLessThan(2);
	});

	test('questions in somebody’s name stand behind the second wall there, too', async () => {
		expect(await whoAnswers('lately', OWN)).toBe('replica');
		const names = await databases.heavy(OWN, 'lately', (db) => db.selectFrom('site').select('name').execute());
		expect(names).toEqual([{ name: '湘湖里' }]);
	});

	test('nothing can be written there', async () => {
		await expect(databases.heavy(SYSTEM, 'lately', (db) => sql`create table own (id int)`.execute(db))).rejects.toThrow(
			/read-only transaction/,
		);
		expect(databases.replica().state).toBe('follows');
	});

	describe('when it stands still', () => {
		beforeAll(() => onReplica('select pg_wal_replay_pause()'));
		afterAll(() => onReplica('select pg_wal_replay_resume()'));

		test('what must hold everything is read from the primary at once: what was just written is in it', async () => {
			await write('刚刚写入');
			expect(databases.replica().state).toBe('follows');
			const names = (db: Db) => db.selectFrom('source').select('name').where('name', '=', '刚刚写入').execute();
			expect(await databases.heavy(SYSTEM, 'upToNow', names)).toHaveLength(1);
			const file = await exportRegister(
				databases,
				{ operator: true, now: new Date() },
				{ kind: 'sites', format: 'csv', datum: 'wgs84' },
			);
			expect(file.toString()).toContain('湘湖里');
		});

		test(
			'beyond the lag of the rules the primary answers everything, and pulse and log say how far behind it is',
			{ timeout: (LIMIT_S + 30) * 1000 },
			async () => {
				await becomes('behind', (LIMIT_S + 15) * 1000);
				const { lagS } = databases.replica();
				expect(lagS).toBeGreaterThan(LIMIT_S);
				expect(await whoAnswers()).toBe('primary');
				const live = { devicesOf: () => [] } as never;
				const counts = { counts: () => ({ accepted: 0 }) } as never;
				const pulse = pulseMaker(databases, live, counts, () => Date.now());
				expect(pulse.of(SYSTEM, 0)).toMatchObject({ replica: 'behind', databaseUp: true });
				expect(pulse.of(SYSTEM, 0).replicaLagS).toBeGreaterThanOrEqual(LIMIT_S);
				pulse.stop();
				expect(said.at(-1)).toMatch(/read replica: behind 1\d\.\d s/);
			},
		);
	});

	test('doctor says which replica it is and how it stands', async () => {
		const out: string[] = [];
		const env = {
			DATABASE_URL: primary.url,
			DATABASE_READ_URL: replica.url,
			DATA_DIR: mkdtempSync(join(tmpdir(), 'sw-doctor-')),
		};
		const config = readConfig(env);
		await doctor([], { out: (line: string) => out.push(line), now: () => new Date(), config: () => config } as never);
		rmSync(env.DATA_DIR, { recursive: true });
		expect(out.filter((line) => line.includes('read replica'))).toEqual([
			expect.stringMatching(new RegExp(`^✓ .*:${portOf(replica)}/postgres follows \\d+\\.\\d s$`)),
		]);
	});

	test('it has caught up: it is asked again, and holds what was written meanwhile', async () => {
		await becomes('follows');
		expect(await whoAnswers()).toBe('replica');
		const names = (db: Db) => db.selectFrom('source').select('name').where('name', '=', '刚刚写入').execute();
		expect(await databases.heavy(SYSTEM, 'lately', names)).toHaveLength(1);
		await write('再写一条');
		expect(await whoAnswers('upToNow')).toBe('replica');
	});

	test('killed in the middle of a question: the primary gives the answer, and the database is not down', async () => {
		await becomes('follows');
		const asked: number[] = [];
		const slow = databases.heavy(SYSTEM, 'lately', async (db) => {
			asked.push(await answering(db));
			await sql`select pg_sleep(${asked.length === 1 ? 3 : 0})`.execute(db);
			return answering(db);
		});
		await sleep(500);
		await replica.kill();
		expect(await slow).toBe(portOf(primary));
		expect(asked).toEqual([portOf(replica), portOf(primary)]);
		expect(databases.replica()).toMatchObject({ state: 'away', lagS: null });
		expect(await whoAnswers()).toBe('primary');
		expect(databases.isUp()).toBe(true);
		expect(said.at(-1)).toMatch(/read replica: away/);
	});

	test('started again it is asked again, by itself', { timeout: 150_000 }, async () => {
		await replica.start();
		await becomes('follows', 60_000);
		expect(await whoAnswers()).toBe('replica');
	});

	test('a database that is no replica is not asked, whatever stands in it', async () => {
		const settings = { DATABASE_URL: primary.url, DATABASE_READ_URL: process.env.TEST_DATABASE_URL!, DATA_DIR: '' };
		const wrong = await openDatabases(settings);
		try {
			expect(await wrong.heavy(SYSTEM, 'lately', answering)).toBe(portOf(primary));
			expect(wrong.replica()).toMatchObject({ state: 'away', why: expect.stringMatching(/follows nobody/) });
		} finally {
			await wrong.close();
		}
	});

	test('promoted, it follows nobody any more and is not asked', { timeout: 60_000 }, async () => {
		await onReplica('select pg_promote()');
		await becomes('away');
		expect(databases.replica().why).toMatch(/follows nobody/);
		expect(await whoAnswers()).toBe('primary');
	});
});
