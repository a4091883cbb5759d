// The program on a small disk that fills up while readings come in. A process of its own on a file system of its own
// (`disk-full.test.ts`); what happened goes out as one line of JSON.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { readConfig } from '#lib/server/config.ts';
import { attach } from '#lib/server/process.ts';
import { startRuntime } from '#lib/server/runtime.ts';
import { withCranes } from '../flow/fresh-server-database.ts';
import { endEngine } from './end-engine.ts';
import { copyTemplate } from './template.ts';

export interface Filling {
	/** Answers with room, with the last byte suddenly gone, nearly full, and with room again: status and sentence. */
	before: string[];
	full: string[];
	nearlyFull: string[];
	after: string[];
	acknowledged: number;
	/** Acknowledged and not there. */
	lost: number[];
	/** Milliseconds from room to the first reading stored, both times. */
	backMs: number[];
}

const [folder = '', filler = '', backups = ''] = process.argv.slice(2);
const config = readConfig({ ...process.env, DATA_DIR: folder, BACKUP_DIR: backups });
fs.mkdirSync(filler);
await copyTemplate(folder);
const server = createServer((_, response) => response.writeHead(404).end());
attach(server);
const { databases, live, close } = await startRuntime(config);
const bearer = await withCranes(databases.ingest, ['TC-1']);
await live.registerChanged();
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
const { port } = server.address() as AddressInfo;

const acknowledged: number[] = [];
let seq = 0;

/** So many at once that the tables grow. */
const BATCH = 200;

/** Sends readings. @returns status and what was said */
async function send(): Promise<string> {
	const numbers = Array.from({ length: BATCH }, () => ++seq);
	const at = new Date().toISOString();
	const readings = numbers.map((no) => ({ device: 'TC-1', at, seq: no, values: { windMs: 3 } }));
	const response = await fetch(`http://127.0.0.1:${port}/api/v1/telemetry`, {
		method: 'POST',
		headers: { authorization: `Bearer ${bearer}` },
		body: JSON.stringify({ readings }),
	});
	const said = (await response.json()) as { error?: { message: string } };
	if (response.status === 200) acknowledged.push(...numbers);
	return `${response.status} ${said.error?.message ?? ''}`.trim();
}

async function sendFor(ms: number): Promise<string[]> {
	const told = new Set<string>();
	for (const until = Date.now() + ms; Date.now() < until; await sleep(50)) told.add(await send());
	return [...told];
}

/** Leaves so many bytes free on the disk. */
function fillUpTo(freeBytes: number): void {
	const { bavail, bsize } = fs.statfsSync(folder);
	const more = bavail * bsize - freeBytes;
	if (more > 0) execFileSync('fallocate', ['-l', String(more), join(filler, String(Date.now()))]);
}
const total = () => fs.statfsSync(folder).blocks * fs.statfsSync(folder).bsize;

async function makeRoom(): Promise<number> {
	fs.rmSync(filler, { recursive: true });
	fs.mkdirSync(filler);
	const roomAt = performance.now();
	while (!(await send()).startsWith('200') && performance.now() - roomAt < 60_000) await sleep(100);
	return performance.now() - roomAt;
}

const before = await sendFor(1000);
fillUpTo(0);
const full = await sendFor(7000);
const backMs = [await makeRoom()];
fillUpTo(total() * 0.03);
// The disk is looked at every five seconds.
await sendFor(6000);
const nearlyFull = await sendFor(1000);
backMs.push(await makeRoom());
const after = await sendFor(1000);

const { rows } = await sql<{ seq: string }>`select seq from reading`.execute(databases.read);
const there = new Set(rows.map((row) => Number(row.seq)));
const filling: Filling = {
	...{ before, full, nearlyFull, after, acknowledged: acknowledged.length, backMs },
	lost: acknowledged.filter((no) => !there.has(no)),
};
await close();
await endEngine(folder, 'SIGKILL');
console.log(JSON.stringify(filling));
process.exit(0);
