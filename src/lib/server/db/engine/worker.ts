// The thread PGlite runs in. It blocks its thread while it works and cannot be interrupted, so it has one of its own
// that the engine's main thread can end. Takes one unit at a time, answers in chunks, ends with how the session stands.

import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { postgis } from '@electric-sql/pglite-postgis';
import { DurableNodeFS } from './durable-fs.ts';
import { AnswerWatch, askedBy, errorResponse, query, readyForQuery, type Status } from './protocol.ts';
import { durableStart } from './start-params.ts';
import { keepsSyncs } from './sync.ts';

export interface WorkerData {
	folder: string;
	durable: boolean;
}
export type ToWorker = { unit: Uint8Array } | { close: true };
export type FromWorker =
	| { kind: 'open'; version: string; durable: boolean }
	| { kind: 'chunk'; bytes: Uint8Array }
	/** Status is null after a unit that did not end in Sync: the client's batch goes on. */
	| { kind: 'done'; status: Status | null; swallowed: boolean; broken: boolean }
	| { kind: 'closed' }
	| { kind: 'failed'; message: string };

/** SQLSTATE of an error the engine swallowed; our own class, PostgreSQL uses none beginning with SW. */
export const SWALLOWED = 'SW001';
const SWALLOWED_TEXT = 'The engine swallowed an error of this statement; it wrote nothing.';
const RAISE = `do $$ begin raise exception using errcode = '${SWALLOWED}', message = '${SWALLOWED_TEXT}'; end $$`;

const CHUNK_BYTES = 256 * 1024;

const port = parentPort!;
const { folder, durable } = workerData as WorkerData;
const say = (message: FromWorker, transfer: ArrayBuffer[] = []): void => port.postMessage(message, transfer);

const engine = await open();
port.on('message', (message: ToWorker) => {
	if ('unit' in message) void run(message.unit);
	else void close();
});

async function open(): Promise<PGlite> {
	try {
		const created = await PGlite.create({
			...(durable ? { fs: new DurableNodeFS(folder, dieOfDisk) } : { dataDir: folder }),
			extensions: { postgis },
			startParams: durable ? durableStart() : PGlite.defaultStartParams,
		});
		const { rows } = await created.query<{ version: string; fsync: string }>(
			`select current_setting('server_version') as version, current_setting('fsync') as fsync`,
		);
		const { version, fsync } = rows[0]!;
		say({ kind: 'open', version, durable: durable && fsync === 'on' && keepsSyncs(folder) });
		return created;
	} catch (error) {
		say({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
		throw error;
	}
}

/** The disk refused a sync. PostgreSQL would panic here; the thread ends, and the engine recovers from the log. */
function dieOfDisk(error: unknown): never {
	say({ kind: 'failed', message: `sync failed: ${error instanceof Error ? error.message : String(error)}` });
	process.exit(70);
}

async function run(unit: Uint8Array): Promise<void> {
	const asked = askedBy(unit);
	const out = new Outlet();
	const watch = new AnswerWatch((bytes) => out.write(bytes));
	await execute(unit, watch);

	const answered = watch.failed || watch.completed + (asked.blank ? watch.empty : 0) >= asked.answers;
	let status = watch.status;
	let broken = false;
	const swallowed = !answered || (asked.sync && status === undefined);
	if (swallowed) {
		// Raised once more as an ordinary error, so that the client hears it and an open transaction is aborted.
		const again = new AnswerWatch((bytes) => out.write(bytes));
		await execute(query(RAISE), again);
		broken = !again.failed;
		if (broken) out.write(errorResponse('ERROR', SWALLOWED, SWALLOWED_TEXT));
		status = again.status ?? 'I';
	}
	if (status !== undefined) out.write(readyForQuery(status));
	out.flush();
	say({ kind: 'done', status: status ?? null, swallowed, broken });
}

async function execute(unit: Uint8Array, watch: AnswerWatch): Promise<void> {
	await engine.execProtocolRawStream(unit, {
		syncToFs: false,
		// The bytes lie in the engine's memory and are gone after the call: copied here.
		onRawData: (bytes) => watch.push(Buffer.from(bytes)),
	});
}

async function close(): Promise<void> {
	await engine.close();
	say({ kind: 'closed' });
	port.close();
}

/** Gathers small answers into one message and hands large ones on in pieces. */
class Outlet {
	#parts: Buffer[] = [];
	#bytes = 0;

	write(bytes: Buffer): void {
		this.#parts.push(bytes);
		this.#bytes += bytes.length;
		if (this.#bytes >= CHUNK_BYTES) this.flush();
	}

	flush(): void {
		if (this.#bytes === 0) return;
		const bytes = new Uint8Array(this.#bytes);
		let at = 0;
		for (const part of this.#parts) {
			bytes.set(part, at);
			at += part.length;
		}
		this.#parts = [];
		this.#bytes = 0;
		say({ kind: 'chunk', bytes }, [bytes.buffer]);
	}
}
