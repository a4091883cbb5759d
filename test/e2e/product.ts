// Starts the built product once for all browser tests, as `npm start` would, and stops it afterwards.

import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PORT = process.env.E2E_PORT ?? '3917';
const root = join(import.meta.dirname, '../..');

export default async function startProduct(): Promise<() => Promise<void>> {
	const { data, stop } = await startServer(PORT);
	process.env.E2E_SIGN_IN = readFileSync(join(data, 'sign-in.json'), 'utf8');
	process.env.E2E_DATA_DIR = data;
	return stop;
}

export interface Started {
	/** Of the server's process. */
	pid: number;
	data: string;
	/** Ends it and takes its data away. */
	stop(): Promise<void>;
	/** As a power cut would; the data stay. */
	kill(): Promise<void>;
}

/**
 * The built product with a demo district of its own; `settings` beside the usual ones.
 *
 * @param data - of one that was killed: it goes on with that
 */
export async function startServer(
	port: string,
	settings: Record<string, string> = {},
	data = mkdtempSync(join(tmpdir(), 'sitewatch-e2e-')),
): Promise<Started> {
	const server = spawn(process.execPath, ['build/programs/server.js'], {
		cwd: root,
		stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
		env: {
			...process.env,
			NODE_ENV: 'production',
			PORT: port,
			HOST: '127.0.0.1',
			DATA_DIR: data,
			DATABASE_URL: '',
			LOG_LEVEL: 'warn',
			...settings,
		},
	});
	await new Promise<void>((resolve, reject) => {
		const late = setTimeout(() => reject(new Error('The product was not ready after 300 s.')), 300_000);
		server.on('exit', (code) => reject(new Error(`The product ended with status ${code} before it was ready.`)));
		server.on('message', (message: { type?: string }) => {
			if (message.type !== 'ready') return;
			clearTimeout(late);
			resolve();
		});
	});
	const end = async (signal: NodeJS.Signals): Promise<void> => {
		const ended = new Promise((resolve) => server.on('exit', resolve));
		server.kill(signal);
		await ended;
	};
	return {
		pid: server.pid!,
		data,
		async stop() {
			await end('SIGTERM');
			rmSync(data, { recursive: true, force: true });
		},
		kill: () => end('SIGKILL'),
	};
}
