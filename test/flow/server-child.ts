// A server of the product as a process of its own (without pages), for tests that run or kill several.

import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Look } from './ingest-server.ts';

export interface ServerChild {
	process: ChildProcess;
	port: number;
	/** What it says of itself. */
	look(): Promise<Look>;
	/** SIGKILL, and waits until it is gone. */
	kill(): Promise<void>;
	/** SIGTERM, and its exit code. */
	stop(): Promise<number | null>;
}

export async function startServer(env: Record<string, string>): Promise<ServerChild> {
	const child = fork(join(import.meta.dirname, 'ingest-server.ts'), {
		execArgv: ['--import', 'tsx'],
		env: { ...process.env, DEMO: 'off', SIMULATOR: 'off', LOG_LEVEL: 'fatal', ...env },
		stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
	});
	const port = await Promise.race([
		said(child, isPort),
		once(child, 'exit').then(() => Promise.reject(new Error('The server ended before it was ready.'))),
	]);
	return {
		process: child,
		port,
		async look() {
			child.send('look');
			return said(child, isLook);
		},
		async kill() {
			if (child.exitCode !== null || child.signalCode !== null) return;
			child.kill('SIGKILL');
			await once(child, 'exit');
		},
		async stop() {
			if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
			child.kill('SIGTERM');
			const [code] = (await once(child, 'exit')) as [number | null];
			return code;
		},
	};
}

const isPort = (message: unknown): message is number => typeof message === 'number';
const isLook = (message: unknown): message is Look =>
	typeof message === 'object' && message !== null && 'isJudge' in message;

/** Waits for one kind of message; what a start says of its progress goes by. */
async function said<T>(child: ChildProcess, isWanted: (message: unknown) => message is T): Promise<T> {
	for (;;) {
		const [message] = (await once(child, 'message')) as [unknown];
		if (isWanted(message)) return message;
	}
}
