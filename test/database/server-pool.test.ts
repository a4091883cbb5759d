// What a PostgreSQL server may do to the program: be slow, cut connections, or fall silent.

import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabases, type Databases } from '#lib/server/db/connection.ts';
import { openFaultProxy, type FaultProxy } from '../fault-proxy.ts';

const url = process.env.TEST_DATABASE_URL ?? '';

describe.runIf(url)('a PostgreSQL server', () => {
	let proxy: FaultProxy;
	let databases: Databases;

	beforeAll(async () => {
		proxy = await openFaultProxy(new URL(url));
		databases = await openDatabases({ DATABASE_URL: proxy.url, DATA_DIR: '' }, { migrate: false });
	});
	afterAll(async () => {
		await databases.close();
		proxy.close();
	});

	const ask = (db: Databases['read']): Promise<number> =>
		sql<{ one: number }>`select 1 as one`.execute(db).then(({ rows }) => rows[0]!.one);

	test('F-03 that is slow for pages still stores and alarms; pages are refused in seconds', async () => {
		const slow = Array.from({ length: 50 }, () =>
			sql`select pg_sleep(30)`.execute(databases.read).catch((e) => e as Error),
		);
		const started = performance.now();
		expect(await ask(databases.ingest)).toBe(1);
		expect(await ask(databases.alarm)).toBe(1);
		expect(performance.now() - started).toBeLessThan(2000);
		await expect(ask(databases.read)).rejects.toMatchObject({ code: 'database-down' });
		expect(performance.now() - started).toBeLessThan(8000);
		for (const error of await Promise.all(slow)) expect(error).toMatchObject({ code: 'database-down' });
		expect(await ask(databases.read)).toBe(1);
	});

	test('that cuts every connection is found again', async () => {
		await ask(databases.read);
		proxy.cut();
		await expect.poll(() => ask(databases.read).catch(() => 0), { timeout: 5000 }).toBe(1);
		await expect.poll(() => databases.isUp(), { timeout: 5000 }).toBe(true);
	});

	test('F-02 that falls silent keeps nobody waiting for more than 8 seconds, and is found again', async () => {
		await ask(databases.read);
		proxy.silent(true);
		const started = performance.now();
		await expect(ask(databases.read)).rejects.toMatchObject({ code: 'database-down' });
		expect(performance.now() - started).toBeLessThan(8000);
		proxy.silent(false);
		await expect.poll(() => ask(databases.read).catch(() => 0), { timeout: 10_000 }).toBe(1);
	});
});
