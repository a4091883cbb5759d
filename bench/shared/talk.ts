// How a benchmark talks to the processes it starts.

import type { ChildProcess, Serializable } from 'node:child_process';

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
