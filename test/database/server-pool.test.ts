// What a PostgreSQL server may do to the program: be slow, cut connections, or fall silent.

import { connect, createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabases, type Databases } from '#lib/server/db/connection.ts';

const url = process.env.TEST_DATABASE_URL ?? '';

describe.runIf(url)('a PostgreSQL server', () => {
	let proxy: Proxy;
	let databases: Databases;

	beforeAll(async () => {
		proxy = await openProxy(new URL(url));
		databases = await openDatabases({ DATABASE_URL: proxy.url, DATA_DIR: '' }, { migrate: false });
	});
	afterAll(async () => {
		await databases.close();
		proxy.close();
	});

	const ask = (db: Databases['read']): Promise<number> =>
		sql<{ one: number }>`select 1 as one`.execute(db).then(({ rows }) => rows[0]!.one);

	test('that is slow for pages still stores and alarms; pages are refused in seconds', async () => {
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

	test('that falls silent keeps nobody waiting for more than 8 seconds, and is found again', async () => {
		await ask(databases.read);
		proxy.silent(true);
		const started = performance.now();
		await expect(ask(databases.read)).rejects.toMatchObject({ code: 'database-down' });
		expect(performance.now() - started).toBeLessThan(8000);
		proxy.silent(false);
		await expect.poll(() => ask(databases.read).catch(() => 0), { timeout: 10_000 }).toBe(1);
	});
});

interface Proxy {
	url: string;
	cut(): void;
	/** Takes bytes and passes none on, as a network that drops them. */
	silent(is: boolean): void;
	close(): void;
}

async function openProxy(target: URL): Promise<Proxy> {
	const sockets = new Set<Socket>();
	let isSilent = false;
	const server: Server = createServer((client) => {
		const upstream = connect(Number(target.port || 5432), target.hostname);
		for (const [from, to] of [
			[client, upstream],
			[upstream, client],
		] as const) {
			sockets.add(from);
			from.on('data', (chunk) => void (isSilent || to.write(chunk)));
			from.on('error', () => undefined);
			from.on('close', () => {
				sockets.delete(from);
				to.destroy();
			});
		}
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	const address = new URL(target);
	address.hostname = '127.0.0.1';
	address.port = String((server.address() as AddressInfo).port);
	return {
		url: address.href,
		cut: () => sockets.forEach((socket) => socket.destroy()),
		silent: (is) => void (isSilent = is),
		close: () => {
			sockets.forEach((socket) => socket.destroy());
			server.close();
		},
	};
}
