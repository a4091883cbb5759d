// How a benchmark talks to the processes it starts.

import { fork, type ChildProcess, type Serializable } from 'node:child_process';
import { join } from 'node:path';

/** Says something to a process and waits for the next thing it says. */
export function ask<T>(to: ChildProcess, message: Serializable): Promise<T> {
	const answer = answerOf<T>(to);
	to.send(message);
	return answer;
}

/**
 * The next thing a process says, but for the server's words on how far its start has come.
 *
 * @throws Error when it ends instead
 */
export function answerOf<T>(from: ChildProcess): Promise<T> {
	return new Promise((resolve, reject) => {
		const ended = (code: number | null) => reject(new Error(`A process of the benchmark ended with status ${code}.`));
		from.once('exit', ended);
		const heard = (message: Serializable) => {
			if ((message as { type?: string }).type === 'progress') return;
			from.off('exit', ended).off('message', heard);
			resolve(message as T);
		};
		from.on('message', heard);
	});
}

/** What Node is started with: the same as `npm start` gives the server. */
export const nodeOptions = ['--max-semi-space-size=32', '--import', 'tsx'];

/** Starts a file of `bench` as a process and waits for its first word. */
export type Start = <T>(file: string) => Promise<[ChildProcess, T]>;

/** Lends what starts processes with some settings, and ends them all whatever happens. */
export async function withProcesses<T>(env: Record<string, string>, work: (start: Start) => Promise<T>): Promise<T> {
	const started: ChildProcess[] = [];
	try {
		return await work(async <H>(file: string): Promise<[ChildProcess, H]> => {
			const path = join(import.meta.dirname, '..', file);
			const child = fork(path, { execArgv: nodeOptions, env: { ...process.env, ...env } });
			started.push(child);
			return [child, await answerOf<H>(child)];
		});
	} finally {
		for (const child of started) child.kill();
	}
}

/** Tells the server to stop in good order, and waits until it has. */
export async function stopped(server: ChildProcess): Promise<void> {
	const ended = new Promise((resolve) => server.once('exit', resolve));
	server.send('stop');
	await ended;
}
