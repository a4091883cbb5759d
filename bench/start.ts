// Seconds from `npm start` to the first ready answer: cold (empty data folder: database made, demo loaded) and warm.
// Beside it stand the goals: two minutes for a newcomer, ten seconds for a restart.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BenchResult, BenchRow } from './result.ts';

const root = join(import.meta.dirname, '..');
const PORT = '3947';
const NEWCOMER_S = 120;
const RESTART_S = 10;

export async function run(_options: { seconds: number }): Promise<BenchResult> {
	const data = mkdtempSync(join(tmpdir(), 'sitewatch-start-'));
	try {
		return {
			name: 'start',
			rows: [
				await row('cold start: empty folder to ready', NEWCOMER_S, data),
				await row('warm start: stop to ready', RESTART_S, data),
			],
		};
	} finally {
		rmSync(data, { recursive: true, force: true });
	}
}

async function row(what: string, limitS: number, data: string): Promise<BenchRow> {
	const seconds = await secondsToReady(data);
	return {
		what,
		ours: `${seconds.toFixed(1)} s`,
		beside: `goal ${limitS} s`,
		ratio: seconds / limitS,
		limit: 1,
		ok: seconds <= limitS,
	};
}

async function secondsToReady(data: string): Promise<number> {
	const began = performance.now();
	const server = spawn(process.execPath, ['scripts/start.mjs'], {
		cwd: root,
		stdio: 'ignore',
		env: { ...process.env, PORT, HOST: '127.0.0.1', DATA_DIR: data, DATABASE_URL: '' },
	});
	const ended = new Promise<void>((resolve) => server.on('exit', () => resolve()));
	try {
		while (!(await isReady())) {
			if (server.exitCode !== null) throw new Error(`npm start ended with status ${server.exitCode}.`);
			if (performance.now() - began > 300_000) throw new Error('Not ready after 300 s.');
			await new Promise((resolve) => setTimeout(resolve, 50));
		}
		return (performance.now() - began) / 1000;
	} finally {
		server.kill('SIGTERM');
		await ended;
	}
}

async function isReady(): Promise<boolean> {
	try {
		return (await fetch(`http://127.0.0.1:${PORT}/readyz`)).ok;
	} catch {
		return false;
	}
}
