// Readings, read back. Writing them is the business of server/ingest.

import { sql } from 'kysely';
import { judgeable, type Qualities } from '#lib/domain/device/quality.ts';
import type { Db } from '../db/connection.ts';

export interface StoredReading {
	deviceNo: number;
	/** µs since 1970. */
	atUs: number;
	seq: number;
	/** As they may be judged: NaN where something is wrong with a value. */
	values: Readonly<Record<string, number | boolean | string>>;
}

/**
 * The newest reading of each of some devices between two moments: one look into the primary key per device and
 * partition, so that a recent `since` spares the old partitions.
 */
export async function newestReadings(
	db: Db,
	deviceNos: readonly number[],
	{ since, until }: { since: Date; until: Date },
): Promise<ReceivedReading[]> {
	if (deviceNos.length === 0) return [];
	const { rows } = await sql<RawReceived>`
		select newest.device_no, newest.at_us, newest.seq, newest.values, newest.quality, newest.received_ms
		from unnest(${deviceNos}::integer[]) as device (no), lateral (
			select device_no, (extract(epoch from observed_at) * 1000000)::bigint as at_us, seq, values, quality,
				(extract(epoch from received_at) * 1000)::bigint as received_ms
			from reading
			where reading.device_no = device.no and observed_at between ${since} and ${until}
			order by observed_at desc, seq desc
			limit 1
		) as newest`.execute(db);
	return rows.map(fromReceived);
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
		select distinct on (device_no, step) device_no, at_us, seq, values, quality
		from (
			select device_no, (extract(epoch from observed_at) * 1000000)::bigint as at_us, seq, values, quality,
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

/** When it counts, ms: a clock that is ahead counts as the moment it was heard. */
export const heardMs = ({ atUs, receivedMs }: ReceivedReading): number => Math.min(atUs / 1000, receivedMs);

/** Readings of some devices stored since a moment, in the order they came. One look into the primary key per device. */
export async function readingsReceivedSince(
	db: Db,
	deviceNos: readonly number[],
	since: Date,
	limit: number,
): Promise<ReceivedReading[]> {
	if (deviceNos.length === 0) return [];
	const { rows } = await sql<RawReceived>`
		select newer.* from unnest(${deviceNos}::integer[]) as device (no), lateral (
			select device_no, (extract(epoch from observed_at) * 1000000)::bigint as at_us, seq, values, quality,
				(extract(epoch from received_at) * 1000)::bigint as received_ms
			from reading
			where reading.device_no = device.no
				and observed_at > ${since}::timestamptz - interval '15 minutes'
				and received_at > ${since}::timestamptz
		) as newer
		order by received_ms, at_us, seq
		limit ${limit}::int`.execute(db);
	return rows.map(fromReceived);
}

/** Everything some devices measured since a moment of each, oldest first. */
export async function readingsOfEach(
	db: Db,
	wanted: readonly { deviceNo: number; since: Date }[],
): Promise<ReceivedReading[]> {
	if (wanted.length === 0) return [];
	const { rows } = await sql<RawReceived>`
		select recent.* from unnest(
			${wanted.map(({ deviceNo }) => deviceNo)}::integer[], ${wanted.map(({ since }) => since)}::timestamptz[]
		) as device (no, since), lateral (
			select device_no, (extract(epoch from observed_at) * 1000000)::bigint as at_us, seq, values, quality,
				(extract(epoch from received_at) * 1000)::bigint as received_ms
			from reading
			where reading.device_no = device.no and observed_at >= device.since
				and observed_at >= ${new Date(Math.min(...wanted.map(({ since }) => since.getTime())))}
		) as recent
		order by at_us, device_no, seq`.execute(db);
	return rows.map(fromReceived);
}

interface Raw {
	device_no: number;
	at_us: string;
	seq: string;
	values: unknown;
	quality: unknown;
}

type RawReceived = Raw & { received_ms: string };

const fromReceived = (row: RawReceived): ReceivedReading => ({ ...fromRow(row), receivedMs: Number(row.received_ms) });

function fromRow(row: Raw): StoredReading {
	return {
		deviceNo: row.device_no,
		atUs: Number(row.at_us),
		seq: Number(row.seq),
		values: judgeable(row.values as StoredReading['values'], row.quality as Qualities | null),
	};
}
