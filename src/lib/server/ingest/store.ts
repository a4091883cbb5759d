// Readings into the table `reading`. Rows that are certainly new go the fast way (COPY on a server, one INSERT on the
// embedded database); rows that may be repetitions, and a batch that turned out to hold some, go row by row past what
// is already there, and it is counted exactly.

import { once } from 'node:events';
import { sql } from 'kysely';
import type pg from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import type { Databases, Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import type { Row } from './check-reading.ts';
import { COPY_COLUMNS, CopyBuffer } from './copy-rows.ts';

export interface ReadingStore {
	/** How many batches may be written at the same time. */
	writers: number;
	/**
	 * Stores a batch; what it does not throw for is committed.
	 *
	 * @returns the rows that were there already
	 */
	store(rows: readonly Row[], receivedMs: number): Promise<ReadonlySet<Row>>;
	/** Whether a stored batch was told to other processes: then this one hears of it the same way they do. */
	wasShared(rows: readonly Row[]): boolean;
}

const NONE: ReadonlySet<Row> = new Set();
const UNIQUE_VIOLATION = '23505';

/** @param shares - whether other processes follow what this one stores */
export function openStore(
	{ ingest, copyPool }: Pick<Databases, 'ingest' | 'copyPool'>,
	shares: () => boolean = () => false,
): ReadingStore {
	const spare: CopyBuffer[] = [];
	const shared = new WeakSet<readonly Row[]>();

	async function writeNew(rows: readonly Row[], receivedMs: number, batch: string | undefined): Promise<void> {
		if (!copyPool) return insertNew(ingest, rows, receivedMs);
		const buffer = spare.pop() ?? new CopyBuffer();
		try {
			await copy(copyPool, buffer.write(rows, receivedMs), batch);
		} finally {
			spare.push(buffer);
		}
	}

	return {
		writers: copyPool ? 2 : 1,
		wasShared: (rows) => shared.has(rows),
		async store(rows, receivedMs) {
			const isShared = copyPool !== undefined && shares();
			if (isShared) shared.add(rows);
			const told = (some: readonly Row[]) => (isShared ? batchOf(some) : undefined);
			const isDoubtful = rows.some(({ mayRepeat }) => mayRepeat);
			const fresh = isDoubtful ? rows.filter(({ mayRepeat }) => !mayRepeat) : rows;
			const doubtful = isDoubtful ? rows.filter(({ mayRepeat }) => mayRepeat) : [];
			try {
				if (fresh.length > 0) await writeNew(fresh, receivedMs, told(fresh));
			} catch (error) {
				// Another process took some of them in, or this one did and its answer was lost.
				if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw error;
				return insertMissing(ingest, rows, receivedMs, told(rows));
			}
			return doubtful.length > 0 ? insertMissing(ingest, doubtful, receivedMs, told(doubtful)) : NONE;
		},
	};
}

/** @param batch - what is told to other processes, in the same transaction */
async function copy(pool: pg.Pool, bytes: Buffer, batch: string | undefined): Promise<void> {
	const client = await pool.connect();
	let failure: Error | undefined;
	try {
		if (batch) await client.query('begin');
		const stream = client.query(copyFrom(`copy reading (${COPY_COLUMNS}) from stdin (format binary)`));
		stream.end(bytes);
		await once(stream, 'finish');
		if (batch) {
			await client.query('insert into reading_batch (rows) values ($1::jsonb)', [batch]);
			await client.query('commit');
		}
	} catch (error) {
		if (batch) await client.query('rollback').catch(() => undefined);
		failure = error as Error;
		throw error;
	} finally {
		// After an error of the server the connection is fine; after any other its state is not known.
		client.release(failure && (failure as { code?: string }).code !== UNIQUE_VIOLATION ? failure : undefined);
	}
}

async function insertNew(db: Db, rows: readonly Row[], receivedMs: number): Promise<void> {
	await sql`insert into reading (device_no, observed_at, seq, received_at, values, raw, gateway_at, quality)
		${asTable(rows, receivedMs)}`.execute(db);
}

/** Sorted, so that two processes with the same readings do not wait for each other crosswise. */
async function insertMissing(
	db: Db,
	rows: readonly Row[],
	receivedMs: number,
	batch: string | undefined,
): Promise<ReadonlySet<Row>> {
	const sorted = [...rows].sort((a, b) => a.device.no - b.device.no || a.atUs - b.atUs || a.seq - b.seq);
	const inserted = await transaction(db, async (tx) => {
		const result = await sql<{ key: string }>`
			insert into reading (device_no, observed_at, seq, received_at, values, raw, gateway_at, quality)
			${asTable(sorted, receivedMs)}
			on conflict do nothing
			returning concat_ws(' ', device_no, (extract(epoch from observed_at) * 1000000)::bigint, seq) as key`.execute(tx);
		if (batch) await sql`insert into reading_batch (rows) values (${batch}::jsonb)`.execute(tx);
		return new Set(result.rows.map(({ key }) => key));
	});
	const repeated = new Set<Row>();
	for (const row of sorted) if (!inserted.delete(`${row.device.no} ${row.atUs} ${row.seq}`)) repeated.add(row);
	return repeated;
}

/** The rows as a SELECT. Numbers as array literals and all JSON as one document: nothing has to be escaped twice. */
function asTable(rows: readonly Row[], receivedMs: number) {
	const hasRaw = rows.some(({ raw }) => raw !== null);
	const hasGateway = rows.some(({ gatewayUs }) => !Number.isNaN(gatewayUs));
	const hasQuality = rows.some(({ quality }) => quality !== null);
	return sql`
		select d, timestamptz 'epoch' + u * interval '1 microsecond', s, ${new Date(receivedMs)}::timestamptz, v,
			nullif(r, 'null'::jsonb), timestamptz 'epoch' + g * interval '1 microsecond', nullif(q, 'null'::jsonb)
		from rows from (
			unnest(${literal(rows, ({ device }) => device.no)}::integer[]),
			unnest(${literal(rows, ({ atUs }) => atUs)}::bigint[]),
			unnest(${literal(rows, ({ seq }) => seq)}::bigint[]),
			jsonb_array_elements(${`[${rows.map(({ text }) => text).join()}]`}::jsonb),
			jsonb_array_elements(${hasRaw ? `[${rows.map(({ raw }) => raw ?? 'null').join()}]` : '[]'}::jsonb),
			unnest(${hasGateway ? literal(rows, ({ gatewayUs }) => gatewayUs) : '{}'}::bigint[]),
			jsonb_array_elements(${hasQuality ? JSON.stringify(rows.map(({ quality }) => quality)) : '[]'}::jsonb)
		) as t (d, u, s, v, r, g, q)`;
}

/** As `repositories/reading-batch.ts` reads it back, with the values as they may be judged: NaN becomes null. */
function batchOf(rows: readonly Row[]): string {
	const judged = ({ quality, values, text }: Row) => (quality ? JSON.stringify(values) : text);
	return `[${rows.map((row) => `[${row.device.no},${row.atUs},${row.seq},${judged(row)}]`).join()}]`;
}

function literal(rows: readonly Row[], value: (row: Row) => number): string {
	return `{${rows.map((row) => nullIfNaN(value(row))).join()}}`;
}

const nullIfNaN = (value: number) => (Number.isNaN(value) ? 'null' : value);
