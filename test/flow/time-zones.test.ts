// The same district, the same day: whatever time zone the server's machine is set to, lists, exports and days are the
// same, byte for byte.

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadDemo } from '#lib/server/commands/load-demo.ts';
import type { Databases } from '#lib/server/db/connection.ts';
import { embeddedFolder, openEmbedded } from '../database/embedded-folder.ts';

const ZONES = ['UTC', 'Asia/Shanghai', 'America/New_York', 'Asia/Kathmandu', 'Pacific/Apia'];

let folder: string;
let databases: Databases;
beforeAll(async () => {
	folder = await embeddedFolder();
	databases = await openEmbedded(folder);
	await loadDemo(databases.ingest, new Date('2026-03-08T16:30:00Z'));
}, 600_000);
afterAll(() => databases.close());

test('F-40 five time zones give the same hashes of every report', async () => {
	const script = join(import.meta.dirname, 'reports-child.ts');
	const hashes: { zone: string; reports: Record<string, string> }[] = [];
	for (const TZ of ZONES) {
		const env = { ...process.env, TZ, DATA_DIR: folder, DATABASE_URL: '' };
		const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script], { env });
		hashes.push(JSON.parse(stdout) as (typeof hashes)[number]);
	}
	// Each process really lived in its zone.
	expect(new Set(hashes.map(({ zone }) => zone)).size).toBe(ZONES.length);
	expect(Object.keys(hashes[0]!.reports).length).toBeGreaterThan(5);
	for (const { reports } of hashes) expect(reports).toEqual(hashes[0]!.reports);
}, 600_000);
