// The engine behind its socket: always one thread open or being opened. A statement past its deadline cannot be
// stopped, only its thread can: it is ended and another opened, which recovers from the log. Nobody else notices more
// than a pause.

import { startThread, type Thread, type UnitResult } from './thread.ts';
import type { WorkerData } from './worker.ts';

/** The engine was lost while it worked on a unit. What it had not answered it had not promised. */
export class EngineLost extends Error {
	override readonly name = 'EngineLost';
	readonly why: 'deadline' | 'crash';

	constructor(why: 'deadline' | 'crash', message: string) {
		super(message);
		this.why = why;
	}
}

export interface Backend {
	/** The open thread; waits while one is being opened. */
	thread(): Promise<Thread>;
	/** One at a time. @throws EngineLost; the next unit waits for the thread that takes over */
	run(unit: Uint8Array, deadlineMs: number, onChunk: (bytes: Uint8Array) => void): Promise<UnitResult>;
	/** Opens a fresh thread in good order. Only between units, outside any transaction. */
	recycle(why: string): Promise<void>;
	/** Checkpoint and end. Answers whether it ended cleanly. */
	close(): Promise<boolean>;
}

export interface BackendOptions extends WorkerData {
	/** How long a clean end may take before the thread is ended the hard way. */
	closeMs: number;
	/** How many openings in a row may fail before the engine gives up. */
	attempts: number;
	log: (line: string) => void;
	/** A thread was lost or given up, and another is being opened. */
	onReopened: (why: string) => void;
	/** No thread could be opened; there is nothing left to serve. */
	onGone: (error: Error) => void;
}

export function openBackend(options: BackendOptions): Backend {
	let current: Thread | undefined;
	let closing = false;
	let opening = openThread();

	async function openThread(): Promise<Thread> {
		for (let attempt = 1; ; attempt += 1) {
			try {
				const thread = await startThread({ folder: options.folder, durable: options.durable });
				current = thread;
				void thread.gone.then((why) => current === thread && !closing && replace(Promise.resolve(), why));
				return thread;
			} catch (error) {
				options.log(`did not open (${attempt} of ${options.attempts}): ${(error as Error).message}`);
				if (attempt >= options.attempts || closing) {
					options.onGone(error as Error);
					throw error;
				}
			}
		}
	}

	function replace(ended: Promise<unknown>, why: string): void {
		options.log(`opens anew: ${why}`);
		options.onReopened(why);
		current = undefined;
		opening = ended.then(openThread);
		opening.catch(() => undefined);
	}

	opening.catch(() => undefined);
	return {
		thread: () => opening,

		async run(unit, deadlineMs, onChunk) {
			const thread = await opening;
			let timer: NodeJS.Timeout | undefined;
			const late = new Promise<never>((_, reject) => {
				timer = setTimeout(() => {
					const why = `a statement ran past its deadline of ${deadlineMs} ms`;
					reject(new EngineLost('deadline', why));
					replace(thread.kill(), why);
				}, deadlineMs);
			});
			try {
				return await Promise.race([thread.run(unit, onChunk), late]);
			} catch (error) {
				throw error instanceof EngineLost ? error : new EngineLost('crash', (error as Error).message);
			} finally {
				clearTimeout(timer);
			}
		},

		async recycle(why) {
			const thread = await opening;
			replace(thread.close(options.closeMs), why);
			await opening;
		},

		async close() {
			closing = true;
			const thread = await opening.catch(() => undefined);
			return thread ? thread.close(options.closeMs) : false;
		},
	};
}
