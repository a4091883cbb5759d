// Where every way in meets. Readings are checked, gathered for a few milliseconds, stored in one commit, and only
// then acknowledged. What waits is bounded: whoever comes when it is full is asked to come again.

import { deviceRules } from '#db/rules/device.ts';
import type { Rejection, TelemetryAnswer } from '#lib/contract/telemetry.ts';
import type { Narrowing } from '#lib/domain/access/principal.ts';
import { noteReport } from '#lib/domain/device/habit.ts';
import { judgeable } from '#lib/domain/device/quality.ts';
import { Fault } from '../errors.ts';
import { qualityCheck } from '../live/live-device.ts';
import { checkReading, Refusal, type Devices, type Row } from './check-reading.ts';
import type { Partitions } from './partitions.ts';
import type { ReadingStore } from './store.ts';

export interface IngestCounts {
	/** Readings that came in, whatever became of them. */
	received: number;
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
	accept(items: readonly unknown[], narrowing?: Narrowing, from?: Origin): Promise<TelemetryAnswer>;
	/** Why nothing is taken in just now: to be asked before readings are looked at, which costs more than saying no. */
	refusal(): Fault | undefined;
	counts(): IngestCounts;
	/** Takes nothing more in, and waits for what is under way. */
	close(): Promise<void>;
}

/** Where readings came in, for the record of what was refused. */
export interface Origin {
	protocol: string;
	/** Key, topic or address. */
	source: string;
	/** The key, where one was shown. */
	keyId?: string;
	/** Judges their clocks by this moment (ms) instead of now: frames that wait since then. */
	asOfMs?: number;
	/** Whoever calls keeps the whole frame, so refused items of it are not kept by themselves. */
	keepsRefused?: boolean;
}

export interface IngestParts {
	devices: Devices;
	store: ReadingStore;
	partitions: Partitions;
	/** Called after the commit, with repetitions too: whoever judges knows what is not new. */
	onStored: (rows: readonly Row[], nowMs: number) => void;
	/** A reading that was refused; it is not stored anywhere else. */
	onRefused?: (item: unknown, refusal: Refusal, from: Origin) => void;
	/** A batch was stored and is acknowledged, so many seconds after it came. */
	onAcknowledged?: (afterS: number) => void;
	onFault: (error: unknown) => void;
	isUp: () => boolean;
	/** Why nothing may be stored just now, such as a disk that is nearly full. */
	refusal?: () => Fault | undefined;
	now: () => number;
}

/** How long a reading waits for company while something else is being written; less when that is done sooner. */
const GATHER_MS = 5;
/** Rows in one commit, and rows that may wait in all before nobody else is let in. */
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
	const counts: IngestCounts = { received: 0, accepted: 0, duplicates: 0, rejected, refused: 0, failed: 0, waiting: 0 };
	let open: Batch = { rows: [], waiters: [] };
	/** Batches the store is busy with, and batches that are not judged and acknowledged yet. */
	let storing = 0;
	let underWay = 0;
	/** Stops what would write the open batch before long. */
	let waitNoLonger: (() => void) | undefined;
	let isClosed = false;
	/** Resolves once every batch so far was judged. */
	let judged = Promise.resolve();
	let onIdle: (() => void) | undefined;

	function refusal(): Fault | undefined {
		if (isClosed || !parts.isUp()) return DOWN();
		const other = parts.refusal?.();
		if (other || counts.waiting < WAITING_ROWS) return other;
		counts.refused++;
		return FULL();
	}

	function accept(items: readonly unknown[], narrowing?: Narrowing, from?: Origin): Promise<TelemetryAnswer> {
		counts.received += items.length;
		const cameMs = performance.now();
		const refused = refusal();
		if (refused) return Promise.reject(refused);
		const answer: TelemetryAnswer = { accepted: 0, duplicates: 0, rejected: [] };
		const nowMs = now();
		const { rows } = open;
		const first = rows.length;
		for (let index = 0; index < items.length; index++) {
			const row = checkReading(items[index], devices, from?.asOfMs ?? nowMs, narrowing);
			if (row instanceof Refusal) {
				answer.rejected.push({ index, code: row.code, message: row.message });
				rejected[row.code]++;
				if (from && !from.keepsRefused) parts.onRefused?.(items[index], row, from);
				continue;
			}
			noteTruth(row, nowMs);
			rows.push(row);
		}
		const taken = rows.length - first;
		if (taken === 0) return Promise.resolve(answer);
		counts.waiting += taken;
		return new Promise((resolve, reject) => {
			open.waiters.push({
				from: first,
				to: rows.length,
				done(duplicates) {
					answer.duplicates = duplicates;
					answer.accepted = taken - duplicates;
					parts.onAcknowledged?.((performance.now() - cameMs) / 1000);
					resolve(answer);
				},
				failed: reject,
			});
			if (rows.length >= BATCH_ROWS) flush();
			else waitNoLonger ??= storing === 0 ? whenAllAreHeard(flush) : after(GATHER_MS, flush);
		});
	}

	function flush(): void {
		waitNoLonger?.();
		waitNoLonger = undefined;
		if (storing >= store.writers || open.rows.length === 0) return;
		const batch = open;
		open = { rows: [], waiters: [] };
		underWay++;
		void write(batch).finally(() => {
			underWay--;
			if (underWay === 0 && open.rows.length === 0) onIdle?.();
		});
	}

	async function write({ rows, waiters }: Batch): Promise<void> {
		const nowMs = now();
		const before = judged;
		let over = () => undefined as void;
		judged = new Promise((resolve) => (over = resolve));
		try {
			const repeated = await stored(rows, nowMs);
			counts.accepted += rows.length - repeated.size;
			counts.duplicates += repeated.size;
			counts.waiting -= rows.length;
			// Two batches may be written at once; they are judged in the order they came.
			await before;
			judge(rows, nowMs);
			for (const { from, to, done } of waiters) {
				let duplicates = 0;
				if (repeated.size > 0) for (let i = from; i < to; i++) if (repeated.has(rows[i]!)) duplicates++;
				done(duplicates);
			}
		} catch (error) {
			counts.failed += rows.length;
			counts.waiting -= rows.length;
			const fault = faultOf(error);
			for (const { failed } of waiters) failed(fault);
			parts.onFault(error);
			await before;
		} finally {
			over();
		}
	}

	/** The database need not wait until a batch is judged: the next one is on its way then. */
	async function stored(rows: readonly Row[], nowMs: number): Promise<ReadonlySet<Row>> {
		storing++;
		try {
			await partitions.ensureFor(rows, nowMs);
			return await store.store(rows, nowMs);
		} finally {
			storing--;
			flush();
		}
	}

	/** What is stored is acknowledged, whatever judging it comes to. */
	function judge(rows: readonly Row[], nowMs: number): void {
		try {
			onStored(inOrder(rows), nowMs);
		} catch (error) {
			parts.onFault(error);
		}
	}

	return {
		accept,
		refusal,
		counts: () => counts,
		async close() {
			isClosed = true;
			flush();
			if (underWay > 0 || open.rows.length > 0) await new Promise<void>((resolve) => (onIdle = resolve));
		},
	};
}

/** Once everybody who has spoken by now was listened to: nothing is being written that company could be waited for. */
function whenAllAreHeard(act: () => void): () => void {
	const immediate = setImmediate(act);
	return () => clearImmediate(immediate);
}

function after(ms: number, act: () => void): () => void {
	const timer = setTimeout(act, ms);
	return () => clearTimeout(timer);
}

/**
 * Marks a row that is not newer than what its device already sent, and notes what a newer one tells of its device:
 * how often it reports, how far its clock is off, what does not move any more.
 */
function noteTruth(row: Row, nowMs: number): void {
	const { device, atUs, seq, values, quality } = row;
	const atMs = atUs / 1000;
	const isNewer = atUs > device.takenUs || (atUs === device.takenUs && seq > device.takenSeq);
	if (isNewer) {
		device.takenUs = atUs;
		device.takenSeq = seq;
		noteReport(device.habit, deviceRules.habit, atMs, Number.isNaN(row.gatewayUs) ? nowMs : row.gatewayUs / 1000);
	} else row.mayRepeat = true;
	const { flats } = device.habit;
	row.quality = qualityCheck.qualitiesOf(values, quality, isNewer ? flats : null, atMs, nowMs);
	if (row.quality) row.values = judgeable(values, row.quality);
}

/** Each device's readings in the order it measured them, however they came in: several lines may carry one device. */
function inOrder(rows: readonly Row[]): readonly Row[] {
	if (!rows.some(({ mayRepeat }) => mayRepeat)) return rows;
	return rows.toSorted((a, b) => a.device.no - b.device.no || a.atUs - b.atUs || a.seq - b.seq);
}

const FULL = () =>
	new Fault(
		'too-many',
		'telemetry',
		'等待写入的读数过多，请稍后重发 · Too many readings are waiting; send them again later.',
	);

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
