// One thread with PGlite in it, seen from outside.

import { openThread } from '../../program.ts';
import type { Status } from './protocol.ts';
import type { FromWorker, ToWorker, WorkerData } from './worker.ts';

export interface UnitResult {
	status: Status | null;
	swallowed: boolean;
	/** The engine can no longer report errors; it must be opened anew. */
	broken: boolean;
}

export interface Thread {
	version: string;
	durable: boolean;
	/** Resolves with the reason when the thread has ended, wanted or not. */
	gone: Promise<string>;
	/** One at a time. Rejects when the thread ends before it has answered. */
	run(unit: Uint8Array, onChunk: (bytes: Uint8Array) => void): Promise<UnitResult>;
	/** Checkpoint and end; after `patienceMs` the hard way. Answers whether it ended cleanly. */
	close(patienceMs: number): Promise<boolean>;
	kill(): Promise<void>;
}

export function startThread(data: WorkerData): Promise<Thread> {
	const worker = openThread('src/lib/server/db/engine/worker.ts', { workerData: data });
	let reason = '';
	let closed = false;
	let running: { onChunk: (bytes: Uint8Array) => void; resolve: (result: UnitResult) => void } | undefined;

	return new Promise((resolve, reject) => {
		const gone = new Promise<string>((ended) => {
			worker.on('error', (error) => (reason ||= error instanceof Error ? error.message : String(error)));
			worker.on('exit', (code) => {
				reason ||= `the engine's thread ended with code ${code}`;
				reject(new Error(reason));
				ended(reason);
			});
		});

		worker.on('message', (message: FromWorker) => {
			if (message.kind === 'chunk') running?.onChunk(message.bytes);
			else if (message.kind === 'failed') reason = message.message;
			else if (message.kind === 'closed') closed = true;
			else if (message.kind === 'done') {
				const unit = running;
				running = undefined;
				unit?.resolve(message);
			} else {
				resolve({
					version: message.version,
					durable: message.durable,
					gone,
					async run(unit, onChunk) {
						const answered = new Promise<UnitResult>((done) => (running = { onChunk, resolve: done }));
						worker.postMessage({ unit } satisfies ToWorker);
						return Promise.race([answered, gone.then((why) => Promise.reject(new Error(why)))]);
					},
					async close(patienceMs) {
						worker.postMessage({ close: true } satisfies ToWorker);
						const late = setTimeout(() => void worker.terminate(), patienceMs);
						await gone;
						clearTimeout(late);
						return closed;
					},
					async kill() {
						await worker.terminate();
					},
				});
			}
		});
	});
}
