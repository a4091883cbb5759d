// Where every way in meets. Readings are checked, gathered for a few milliseconds, stored in one commit, and only
// then acknowledged. What waits is bounded: whoever comes when it is full is asked to come again.

import type { Rejection, TelemetryAnswer } from '#lib/contract/telemetry.ts';
import type { Narrowing } from '#lib/domain/access/principal.ts';
import { Fault } from '../errors.ts';
import { checkReading, Refusal, type Devices, type Row } from './check-reading.ts';
import type { Partitions } from './partitions.ts';
import type { ReadingStore } from './store.ts';

export interface IngestCounts {
	accepted: number;
	duplicates: number;
	rejected: Record<Rejection, number>;
	/** Requests that were sent away because too much was waiting. */
	refused: number;
	failed: number;
	/** Rows waiting or being written. */
	waiting: number;
}

export interface Ingest {
	/**
	 * Takes readings in. Answers once they are stored.
	 *
	 * @throws Fault `too-many` when too much is waiting, `database-down` or `disk-full` when they could not be stored;
	 *   the sender keeps them and sends them again
	 */
	accept(items: readonly unknown[], narrowing?: Narrowing): Promise<TelemetryAnswer>;
	counts(): IngestCounts;
	/** Takes nothing more in, and waits for what is under way. */
	close(): Promise<void>;
}

export interface IngestParts {
	devices: Devices;
	store: ReadingStore;
	partitions: Partitions;
	/** Called after the commit, with repetitions too: whoever judges knows what is not new. */
	onStored: (rows: readonly Row[], nowMs: number) => void;
	onFault: (error: unknown) => void;
	isUp: () => boolean;
	now: () => number;
}

/** How long a reading waits for company when nothing else is being written. */
const GATHER_MS = 5;
/** Rows in one commit, and rows that may wait in all. */
const BATCH_ROWS = 8000;
const WAITING_ROWS = 60_000;

interface Waiter {
	from: number;
	to: number;
	done: (duplicates: number) => void;
	failed: (error: unknown) => void;
}
interface Batch {
	rows: Row[];
	waiters: Waiter[];
}

export function createIngest(parts: IngestParts): Ingest {
	const { devices, store, partitions, onStored, now } = parts;
	const rejected = {
		'unknown-device': 0,
		'bad-time': 0,
		future: 0,
		'bad-value': 0,
		'too-many-values': 0,
		'not-allowed': 0,
	};
	const counts: IngestCounts = { accepted: 0, duplicates: 0, rejected, refused: 0, failed: 0, waiting: 0 };
	let open: Batch = { rows: [], waiters: [] };
	let writing = 0;
	let timer: NodeJS.Timeout | undefined;
	let isClosed = false;
	let onIdle: (() => void) | undefined;

	function accept(items: readonly unknown[], narrowing?: Narrowing): Promise<TelemetryAnswer> {
		if (isClosed || !parts.isUp()) return Promise.reject(DOWN());
		if (counts.waiting + items.length > WAITING_ROWS) {
			counts.refused++;
			return Promise.reject(
				new Fault(
					'too-many',
					'telemetry',
					'等待写入的读数过多，请稍后重发 · Too many readings are waiting; send them again later.',
				),
			);
		}
		const answer: TelemetryAnswer = { accepted: 0, duplicates: 0, rejected: [] };
		const nowMs = now();
		const { rows } = open;
		const from = rows.length;
		for (let index = 0; index < items.length; index++) {
			const row = checkReading(items[index], devices, nowMs, narrowing);
			if (row instanceof Refusal) {
				answer.rejected.push({ index, code: row.code, message: row.message });
				rejected[row.code]++;
				continue;
			}
			noteOrder(row);
			rows.push(row);
		}
		const taken = rows.length - from;
		if (taken === 0) return Promise.resolve(answer);
		counts.waiting += taken;
		return new Promise((resolve, reject) => {
			open.waiters.push({
				from,
				to: rows.length,
				done(duplicates) {
					answer.duplicates = duplicates;
					answer.accepted = taken - duplicates;
					resolve(answer);
				},
				failed: reject,
			});
			// Whoever already has a full batch, or a free writer and nothing gathering, does not wait.
			if (rows.length >= BATCH_ROWS) flush();
			else timer ??= setTimeout(flush, GATHER_MS);
		});
	}

	function flush(): void {
		clearTimeout(timer);
		timer = undefined;
		if (writing >= store.writers || open.rows.length === 0) return;
		const batch = open;
		open = { rows: [], waiters: [] };
		writing++;
		void write(batch).finally(() => {
			writing--;
			flush();
			if (writing === 0 && open.rows.length === 0) onIdle?.();
		});
	}

	async function write({ rows, waiters }: Batch): Promise<void> {
		const nowMs = now();
		try {
			await partitions.ensureFor(rows, nowMs);
			const repeated = await store.store(rows, nowMs);
			counts.accepted += rows.length - repeated.size;
			counts.duplicates += repeated.size;
			counts.waiting -= rows.length;
			for (const { from, to, done } of waiters) {
				let duplicates = 0;
				if (repeated.size > 0) for (let i = from; i < to; i++) if (repeated.has(rows[i]!)) duplicates++;
				done(duplicates);
			}
			onStored(rows, nowMs);
		} catch (error) {
			counts.failed += rows.length;
			counts.waiting -= rows.length;
			const fault = faultOf(error);
			for (const { failed } of waiters) failed(fault);
			parts.onFault(error);
		}
	}

	return {
		accept,
		counts: () => counts,
		async close() {
			isClosed = true;
			flush();
			if (writing > 0 || open.rows.length > 0) await new Promise<void>((resolve) => (onIdle = resolve));
		},
	};
}

/** Marks a row that is not newer than what its device already sent. */
function noteOrder(row: Row): void {
	const { device, atUs, seq } = row;
	if (atUs > device.takenUs || (atUs === device.takenUs && seq > device.takenSeq)) {
		device.takenUs = atUs;
		device.takenSeq = seq;
	} else row.mayRepeat = true;
}

const DOWN = (cause?: unknown) =>
	new Fault(
		'database-down',
		'telemetry',
		'数据库暂不可用，读数未保存，请稍后重发 · The readings were not stored; send them again later.',
		{ cause },
	);

function faultOf(error: unknown): Fault {
	if (error instanceof Fault) return error;
	const DISK_FULL = '53100';
	if ((error as { code?: string }).code !== DISK_FULL) return DOWN(error);
	return new Fault('disk-full', 'telemetry', '磁盘已满，读数未保存 · The disk is full; the readings were not stored.', {
		cause: error,
	});
}
