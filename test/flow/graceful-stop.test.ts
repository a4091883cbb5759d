// SIGTERM while readings come in: what was acknowledged is stored, nobody waits, and the exit is clean.

import fs from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { expect, test } from 'vitest';
import { openDatabases } from '#lib/server/db/connection.ts';
import { endEngine } from '../database/end-engine.ts';
import { copyTemplate } from '../database/template.ts';
import { send, withCranes } from './fresh-server-database.ts';
import { startServer } from './server-child.ts';

const DEVICES = Array.from({ length: 10 }, (_, i) => `GS-${i}`);

test('a stop in good order drops no acknowledged reading', async () => {
	const folder = fs.mkdtempSync(join(tmpdir(), 'sw-stop-'));
	await copyTemplate(folder);
	const databases = await openDatabases({ DATABASE_URL: '', DATA_DIR: folder });
	try {
		const bearer = await withCranes(databases.ingest, DEVICES);
		const server = await startServer({ DATABASE_URL: '', DATA_DIR: folder });
		const acknowledged: string[] = [];
		let isOver = false;
		const gateway = async (device: string): Promise<void> => {
			for (let seq = 1; !isOver; seq++) {
				const reading = { device, at: new Date().toISOString(), seq, values: { momentPercent: 40 } };
				if (await send(server.port, bearer, [reading])) acknowledged.push(`${device} ${seq}`);
				else await sleep(20);
			}
		};
		const sending = DEVICES.map(gateway);
		await expect.poll(() => acknowledged.length, { timeout: 60_000 }).toBeGreaterThan(50);
		const began = performance.now();
		const code = await server.stop();
		isOver = true;
		await Promise.all(sending);
		expect(code).toBe(0);
		console.log(`stopped in ${Math.round(performance.now() - began)} ms`);

		const { rows } = await sql<{ key: string }>`
			select device.id || ' ' || seq as key from reading join device on device.no = device_no`.execute(databases.read);
		const stored = new Set(rows.map(({ key }) => key));
		expect(acknowledged.filter((key) => !stored.has(key))).toEqual([]);
	} finally {
		await databases.close();
		await endEngine(folder, 'SIGKILL');
		fs.rmSync(folder, { recursive: true, force: true });
	}
}, 300_000);
