// Readings, read back. Writing them is the business of server/ingest.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';

export interface StoredReading {
	deviceNo: number;
	/** µs since 1970. */
	atUs: number;
	seq: number;
	values: Record<string, number | boolean | string>;
}

/**
 * The newest reading of each of some devices between two moments: one look into the primary key per device and
 * partition, so that a recent `since` spares the old partitions.
 */
export async function newestReadings(
	db: Db,
	deviceNos: readonly number[],
	{ since, until }: { since: Date; until: Date },
): Promise<StoredReading[]> {
	if (deviceNos.length === 0) return [];
	const { rows } = await sql<Raw>`
		select newest.device_no, newest.at_us, newest.seq, newest.values
		from unnest(${deviceNos}::integer[]) as device (no), lateral (
			select device_no, (extract(epoch from observed_at) * 1000000)::bigint as at_us, seq, values
			from reading
			where reading.device_no = device.no and observed_at between ${since} and ${until}
			order by observed_at desc, seq desc
			limit 1
		) as newest`.execute(db);
	return rows.map(fromRow);
}

/** Readings of some devices since a moment, at most one per device and step of time, oldest first. */
export async function thinnedReadings(
	db: Db,
	deviceNos: readonly number[],
	since: Date,
	stepS: number,
): Promise<StoredReading[]> {
	if (deviceNos.length === 0) return [];
	const { rows } = await sql<Raw>`
		select distinct on (device_no, step) device_no, at_us, seq, values
		from (
			select device_no, (extract(epoch from observed_at) * 1000000)::bigint as at_us, seq, values,
				floor(extract(epoch from observed_at) / ${stepS}::float8) as step
			from reading
			where device_no = any(${deviceNos}::integer[]) and observed_at >= ${since}
		) as recent
		order by device_no, step, at_us`.execute(db);
	return rows.map(fromRow).sort((a, b) => a.atUs - b.atUs);
}

export interface ReceivedReading extends StoredReading {
	receivedMs: number;
}

/** Readings of some devices stored since a moment, in the order they came. One look into the primary key per device. */
export async function readingsReceivedSince(
	db: Db,
	deviceNos: readonly number[],
	since: Date,
	limit: number,
): Promise<ReceivedReading[]> {
	if (deviceNos.length === 0) return [];
	const { rows } = await sql<Raw & { received_ms: string }>`
		select newer.* from unnest(${deviceNos}::integer[]) as device (no), lateral (
			select device_no, (extract(epoch from observed_at) * 1000000)::bigint as at_us, seq, values,
				(extract(epoch from received_at) * 1000)::bigint as received_ms
			from reading
			where reading.device_no = device.no
				and observed_at > ${since}::timestamptz - interval '15 minutes'
				and received_at > ${since}::timestamptz
		) as newer
		order by received_ms, at_us, seq
		limit ${limit}::int`.execute(db);
	return rows.map((row) => ({ ...fromRow(row), receivedMs: Number(row.received_ms) }));
}

interface Raw {
	device_no: number;
	at_us: string;
	seq: string;
	values: unknown;
}

function fromRow(row: Raw): StoredReading {
	return {
		deviceNo: row.device_no,
		atUs: Number(row.at_us),
		seq: Number(row.seq),
		values: row.values as StoredReading['values'],
	};
}
