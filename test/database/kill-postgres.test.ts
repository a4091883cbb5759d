// kill -9 of a whole PostgreSQL while rows are stored: on a cluster of the test's own, never on the machine's.

import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openDatabases, type Databases } from '#lib/server/db/connection.ts';
import { ownPostgres, type OwnPostgres } from '../own-postgres.ts';

const CYCLES = process.env.NIGHTLY ? 100 : 10;

describe.runIf(process.env.TEST_DATABASE_URL)('F-01 PostgreSQL is killed while rows are stored', () => {
	let server: OwnPostgres;
	let databases: Databases;
	beforeAll(async () => {
		server = await ownPostgres();
		databases = await openDatabases({ DATABASE_URL: server.url, DATA_DIR: '' });
		await sql`create table note (id bigint primary key)`.execute(databases.ingest);
	}, 300_000);
	afterAll(async () => {
		await databases?.close();
		await server?.remove();
	});

	test(`${CYCLES} times: nothing acknowledged is lost, and storing goes on within 5 s of its return`, async () => {
		const acknowledged: number[] = [];
		let id = 0;
		let isOver = false;
		const writer = async (): Promise<void> => {
			while (!isOver) {
				const mine = (id += 1);
				const isStored = await sql`insert into note values (${mine})`.execute(databases.ingest).then(
					() => true,
					() => false,
				);
				if (isStored) acknowledged.push(mine);
				else await sleep(20);
			}
		};
		const writers = Array.from({ length: 4 }, writer);
		const healedMs: number[] = [];
		for (let cycle = 0; cycle < CYCLES; cycle++) {
			await sleep(150 + ((cycle * 97) % 200));
			await server.kill();
			await sleep(100);
			await server.start();
			const backMs = performance.now();
			const before = acknowledged.length;
			while (acknowledged.length === before) await sleep(5);
			healedMs.push(Math.round(performance.now() - backMs));
		}
		isOver = true;
		await Promise.all(writers);

		const { rows } = await sql<{ id: string }>`select id from note`.execute(databases.read);
		const there = new Set(rows.map((row) => Number(row.id)));
		expect(acknowledged.filter((one) => !there.has(one))).toEqual([]);
		expect(acknowledged.length).toBeGreaterThan(CYCLES * 20);
		console.log(`${acknowledged.length} acknowledged, 0 lost; storing again after ms: ${healedMs.join(', ')}`);
		expect(Math.max(...healedMs)).toBeLessThan(5000);
		await expect.poll(() => databases.isUp(), { timeout: 5000 }).toBe(true);
	}, 3_600_000);
});
