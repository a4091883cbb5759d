// A disk that refuses syncs or is full, under the embedded engine and under what takes readings in.

import fs from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Databases } from '#lib/server/db/connection.ts';
import { judgeDisk, watchDisk } from '#lib/server/db/disk.ts';
import { placeOf } from '#lib/server/db/engine/place.ts';
import { readStatus } from '#lib/server/db/engine/status.ts';
import { diskRefusal } from '#lib/server/operations/start-operations.ts';
import { embeddedFolder, openEmbedded } from './embedded-folder.ts';
import { endEngine } from './end-engine.ts';

describe('the embedded engine on a disk', () => {
	let folder: string;
	let flag: string;
	let databases: Databases;
	let environment: NodeJS.ProcessEnv;

	beforeEach(async () => {
		folder = await embeddedFolder();
		flag = join(folder, 'failing');
		environment = { ...process.env };
		process.env.FAILING_DISK = flag;
		const preload = join(import.meta.dirname, '../failing-disk.cjs');
		process.env.NODE_OPTIONS = `${process.env.NODE_OPTIONS ?? ''} --require "${preload}"`;
		databases = await openEmbedded(folder);
		await sql`create table note (id integer primary key)`.execute(databases.ingest);
	}, 240_000);
	afterEach(async () => {
		process.env = environment;
		await databases.close();
		await endEngine(folder, 'SIGKILL');
	});

	const store = (id: number): Promise<boolean> =>
		sql`insert into note values (${id})`.execute(databases.ingest).then(
			() => true,
			() => false,
		);

	/** Stores until told to stop; @returns the numbers that were acknowledged */
	async function storeOn(isOver: () => boolean): Promise<number[]> {
		const acknowledged: number[] = [];
		for (let id = 1; !isOver(); id++) {
			if (await store(id)) acknowledged.push(id);
			else await sleep(100);
		}
		return acknowledged;
	}

	async function lost(acknowledged: number[]): Promise<number[]> {
		const { rows } = await sql<{ id: number }>`select id from note`.execute(databases.read);
		const there = new Set(rows.map(({ id }) => id));
		return acknowledged.filter((id) => !there.has(id));
	}

	async function throughFailure(code: 'EIO' | 'ENOSPC'): Promise<{ during: number; acknowledged: number[] }> {
		let isOver = false;
		let isFailing = false;
		let during = 0;
		const storing = storeOn(() => isOver);
		await sleep(500);
		fs.writeFileSync(flag, code);
		await sleep(200);
		isFailing = true;
		const watching = (async () => {
			// One that is under way when the disk heals is stored like any other.
			for (let id = 1_000_000; isFailing; id++) if ((await store(id)) && isFailing) during += 1;
		})();
		await sleep(2500);
		isFailing = false;
		fs.rmSync(flag);
		await watching;
		await expect.poll(() => store(2_000_000 + Math.floor(performance.now())), { timeout: 120_000 }).toBe(true);
		isOver = true;
		return { during, acknowledged: await storing };
	}

	test('F-06 that refuses a sync: nothing more is acknowledged, the engine opens anew from its log, the failure is noted', async () => {
		const { during, acknowledged } = await throughFailure('EIO');
		expect(during).toBe(0);
		expect(await lost(acknowledged)).toEqual([]);
		expect(readStatus(placeOf(folder)).syncFailures).toBeGreaterThan(0);
	}, 300_000);

	test('F-05 that is full: nothing more is acknowledged, the engine does not spin, and goes on when there is room', async () => {
		const { during, acknowledged } = await throughFailure('ENOSPC');
		expect(during).toBe(0);
		expect(acknowledged.length).toBeGreaterThan(0);
		expect(await lost(acknowledged)).toEqual([]);
	}, 300_000);
});

describe('F-05 a disk that fills up', () => {
	test('is alarmed at 85 %; at 95 % readings are sent back and not acknowledged', async () => {
		const rules = { diskWarn: { value: 0.85 }, diskStop: { value: 0.95 } };
		const at = (used: number) => ({
			now: () => judgeDisk(used, 0, rules),
			accepts: () => used < 0.95,
			stop: () => undefined,
		});
		expect(at(0.85).now().state).toBe('warn');
		expect(diskRefusal(at(0.9))).toBeUndefined();
		expect(diskRefusal(at(0.95))).toMatchObject({ code: 'disk-full', status: 507 });
		expect(diskRefusal(undefined)).toBeUndefined();
	});

	test('one that cannot be asked counts as full', async () => {
		const folder = await embeddedFolder();
		const watch = await watchDisk(folder);
		expect(watch.now().state).not.toBe('stop');
		watch.stop();
		await expect(watchDisk(join(folder, 'gone'))).rejects.toThrow();
	});
});
