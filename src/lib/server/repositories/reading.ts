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
 * The newest reading of every device, one look into the primary key per device and partition.
 *
 * @param until - later ones are left out: a clock that was ahead
 */
export async function newestReadings(db: Db, until: Date): Promise<StoredReading[]> {
	const { rows } = await sql<Raw>`
		select newest.device_no, newest.at_us, newest.seq, newest.values
		from device, lateral (
			select device_no, (extract(epoch from observed_at) * 1000000)::bigint as at_us, seq, values
			from reading
			where reading.device_no = device.no and observed_at <= ${until}
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
