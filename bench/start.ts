// Seconds from `npm start` to the first ready answer: cold (empty data folder: database made, demo loaded), warm, and
// after everything was killed in the middle of its work, on both databases; and of a stop in good order. Beside it stand
// the goals.

import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchResult, BenchRow } from './result.ts';
import { withDatabase } from './shared/postgres.ts';

const root = join(import.meta.dirname, '..');
const PORT = '3947';
const GOAL_S = { newcomer: 120, embedded: 10, server: 5, stop: 10 };
const TOO_LONG_S = 300;

export async function run(_options: { seconds: number }): Promise<BenchResult> {
	const folder = mkdtempSync(join(tmpdir(), 'sitewatch-start-'));
	try {
		const rows = await onEmbedded(join(folder, 'embedded'));
		rows.push(...(await withDatabase((url) => onServer(join(folder, 'server'), url))));
		return { name: 'start', rows };
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

async function onEmbedded(data: string): Promise<BenchRow[]> {
	const cold = await started(data, '');
	const stopS = await stopInOrder(cold.server);
	const warm = await started(data, '');
	await killAll(warm.server);
	const again = await started(data, '');
	await stopInOrder(again.server);
	return [
		row('cold start: empty folder to ready', cold.seconds, GOAL_S.newcomer),
		row('warm start: stop to ready', warm.seconds, GOAL_S.embedded),
		row('embedded database, everything killed: start to ready', again.seconds, GOAL_S.embedded),
		row('stop in good order', stopS, GOAL_S.stop),
	];
}

async function onServer(data: string, url: string): Promise<BenchRow[]> {
	const first = await started(data, url);
	await killAll(first.server);
	const again = await started(data, url);
	const stopS = await stopInOrder(again.server);
	return [
		row('PostgreSQL, everything but it killed: start to ready', again.seconds, GOAL_S.server),
		row('PostgreSQL: stop in good order', stopS, GOAL_S.stop),
	];
}

function row(what: string, seconds: number, limitS: number): BenchRow {
	return {
		what,
		ours: `${seconds.toFixed(1)} s`,
		beside: `goal ${limitS} s`,
		ratio: seconds / limitS,
		limit: 1,
		ok: seconds <= limitS,
	};
}

async function started(data: string, url: string): Promise<{ server: ChildProcess; seconds: number }> {
	const began = performance.now();
	// A group of its own, so that all of it can be killed at once.
	const server = spawn(process.execPath, ['scripts/start.mjs'], {
		...{ cwd: root, stdio: 'ignore', detached: true },
		env: { ...process.env, PORT, HOST: '127.0.0.1', DATA_DIR: data, DATABASE_URL: url },
	});
	const isLate = () => performance.now() - began > TOO_LONG_S * 1000;
	while (!(await isReady())) {
		if (server.exitCode !== null) throw new Error(`npm start ended with status ${server.exitCode}.`);
		if (isLate()) {
			await killAll(server);
			throw new Error(`Not ready after ${TOO_LONG_S} s.`);
		}
		await new Promise((resolve) => setTimeout(resolve, 50));
	}
	return { server, seconds: (performance.now() - began) / 1000 };
}

/** @returns seconds until it has ended */
async function stopInOrder(server: ChildProcess): Promise<number> {
	const began = performance.now();
	const ended = once(server, 'exit');
	server.kill('SIGTERM');
	await ended;
	return (performance.now() - began) / 1000;
}

async function killAll(server: ChildProcess): Promise<void> {
	const ended = once(server, 'exit');
	process.kill(-server.pid!, 'SIGKILL');
	await ended;
}

async function isReady(): Promise<boolean> {
	try {
		return (await fetch(`http://127.0.0.1:${PORT}/readyz`)).ok;
	} catch {
		return false;
	}
}
