// T16, T19: the program at work as a role that owns nothing. It does all its work; it cannot change the schema, nor the
// audit trail, and what it asks in somebody's name still goes through the second wall.

import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { keepRules } from '#db/rules/reading.ts';
import { audit } from '#lib/server/audit/audit.ts';
import { dumpServer } from '#lib/server/backup/server.ts';
import { openDatabases, type Databases } from '#lib/server/db/connection.ts';
import { transaction } from '#lib/server/db/transaction.ts';
import { thinReadings } from '#lib/server/jobs/thin-readings.ts';
import { aRegister } from '../builders.ts';
import { AtWork } from '../flow/at-work.ts';
import { asAdmin } from '../flow/fresh-server-database.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const server = process.env.TEST_DATABASE_URL ?? '';

describe.runIf(server)('the program at work as a role that owns nothing', () => {
	const mark = randomBytes(4).toString('hex');
	const [name, owner, worker] = [`sw_plain_${mark}`, `sw_owner_${mark}`, `sw_work_${mark}`];
	const as = (user: string) =>
		Object.assign(new URL(server), { pathname: `/${name}`, username: user, password: mark }).href;
	const urls = { DATABASE_URL: as(worker), DATABASE_OWNER_URL: as(owner), DATA_DIR: '' };
	let databases: Databases;

	beforeAll(async () => {
		await asAdmin(server, `create role ${owner} login createrole createdb password '${mark}'`);
		await asAdmin(server, `create role ${worker} login password '${mark}'`);
		await asAdmin(server, `create database ${name} owner ${owner} encoding 'UTF8' template template0`);
		await asAdmin(Object.assign(new URL(server), { pathname: `/${name}` }).href, 'create extension postgis');
		databases = await openDatabases(urls);
		await aRegister(databases.ingest)
			.withTown('330109001', '城厢街道', [120.25, 30.15])
			.withTown('330109002', '北干街道', [120.28, 30.18])
			.withSite({ name: '湘湖里', town: '330109001', at: [120.25, 30.15] })
			.withSite({ name: '金城花园', town: '330109002', at: [120.28, 30.18] })
			.withCrane({ site: '湘湖里', record: 'A', device: 'TC-1' })
			.build();
	}, 120_000);
	afterAll(async () => {
		await databases?.close();
		await asAdmin(server, `drop database if exists ${name} with (force)`);
		for (const role of [worker, owner]) await asAdmin(server, `drop role if exists ${role}`);
	});

	test('tables are the owner’s, the program comes as somebody else', async () => {
		const { rows } = await sql<{ me: string; whose: string }>`
			select current_user as me, tableowner as whose from pg_tables where tablename = 'site'`.execute(databases.ingest);
		expect(rows).toEqual([{ me: worker, whose: owner }]);
	});

	test('takes readings in on a day without a partition, judges them and writes alarms and events', async () => {
		const work = await AtWork.start(databases, '2026-11-20T08:00:00Z');
		await work.keepSending('TC-1', { momentPercent: 104 }, 3);
		await work.live.outbox.drained();
		await work.close();
		expect(work.faults).toEqual([]);
		const { rows } = await sql<{ name: string }>`select distinct tableoid::regclass::text as name from reading`.execute(
			databases.read,
		);
		expect(rows).toEqual([{ name: 'reading_20261120' }]);
		expect(await databases.read.selectFrom('alarm').select('condition').execute()).toEqual([{ condition: 'moment' }]);
	});

	test('thins the past and drops a day', async () => {
		const later = new Date(Date.parse('2026-11-21T00:00:00Z') + (keepRules.server.raw.value + 1) * 86_400_000);
		expect(await thinReadings(databases.ingest, keepRules.server, later)).toEqual({
			rolledUp: ['2026-11-20'],
			dropped: expect.arrayContaining(['2026-11-20']) as string[],
		});
		expect(await databases.read.selectFrom('reading').selectAll().execute()).toEqual([]);
		expect((await databases.read.selectFrom('reading_hour').select('n').execute()).length).toBeGreaterThan(0);
	});

	test('cannot change the schema', async () => {
		for (const statement of [
			sql`create table own (id int)`,
			sql`alter table site add column own int`,
			sql`drop table reading`,
			sql`truncate alarm`,
			sql`alter table site disable row level security`,
			sql`create or replace function reaches_site(id uuid) returns boolean language sql as 'select true'`,
			sql`create role own`,
			sql`insert into migration values ('9999', now())`,
		])
			await expect(statement.execute(databases.ingest)).rejects.toThrow(/permission denied|must be owner/);
	});

	test('adds to the audit trail and can neither change nor take away an entry', async () => {
		const entry = { at: new Date(), actor: 'system', actorKind: 'system', action: 'export:make' as const, object: 'x' };
		await transaction(databases.ingest, (tx) => audit(tx, { ...entry, outcome: 'done' }));
		expect(await databases.read.selectFrom('audit').select('action').execute()).toEqual([{ action: 'export:make' }]);
		for (const statement of [sql`update audit set actor = 'nobody'`, sql`delete from audit`, sql`truncate audit`])
			await expect(statement.execute(databases.ingest)).rejects.toThrow(/permission denied/);
	});

	test('has the second wall, too', async () => {
		expect(databases.hasSecondWall).toBe(true);
		const scope = { kind: 'areas' as const, areas: ['330109001'], layers: [] };
		const names = await databases.scoped(scope).selectFrom('site').select('name').execute();
		expect(names).toEqual([{ name: '湘湖里' }]);
		expect(await databases.read.selectFrom('site').select('name').execute()).toHaveLength(2);
	});

	test('starts without the owner when there is nothing to change, and says what is missing when there is', async () => {
		const alone = await openDatabases({ ...urls, DATABASE_OWNER_URL: '' });
		await alone.close();
		await asAdmin(as(owner), `create table newest as select * from migration order by name desc limit 1`);
		await asAdmin(as(owner), `delete from migration where name in (select name from newest)`);
		await expect(openDatabases({ ...urls, DATABASE_OWNER_URL: '' })).rejects.toMatchObject({
			...{ code: 'conflict', message: expect.stringContaining('DATABASE_OWNER_URL') as string },
		});
		await asAdmin(as(owner), `insert into migration select * from newest`);
		await asAdmin(as(owner), `drop table newest`);
	});

	test('is dumped whole with the owner’s address', async () => {
		const folder = mkdtempSync(join(tmpdir(), 'sw-plain-'));
		const made = await dumpServer(databases.read, urls.DATABASE_OWNER_URL, folder, new Date(), '');
		expect(made.tables['site']).toBe(2);
		rmSync(folder, { recursive: true, force: true });
	});
});
