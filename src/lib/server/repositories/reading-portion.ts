// Stored readings by stretches of time, for tests of rules.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';

export interface PortionRow {
	deviceNo: number;
	atMs: number;
	/** As JSON; null where something is wrong with a value. */
	values: string;
}

/** Readings of some devices in a stretch of time, oldest first; the end is not included. */
export async function readingsBetween(
	db: Db,
	deviceNos: readonly number[],
	from: Date,
	until: Date,
): Promise<PortionRow[]> {
	const { rows } = await sql<{ no: number; at: number; values: string }>`
		select device_no as no, (extract(epoch from observed_at) * 1000)::float8 as at,
			(case when quality is null then values else values || (
				select coalesce(jsonb_object_agg(name, null), '{}') from jsonb_object_keys(quality) as name where name <> '*'
			) end)::text as values
		from reading
		where device_no = any(${deviceNos}::integer[]) and observed_at >= ${from} and observed_at < ${until}
		order by observed_at, device_no, seq`.execute(db);
	return rows.map(({ no, at, values }) => ({ deviceNo: no, atMs: Number(at), values }));
}

/** The usual time between two stored readings of each device, from the days given; devices without two are left out. */
export async function storedSteps(
	db: Db,
	deviceNos: readonly number[],
	from: Date,
	until: Date,
): Promise<(readonly [deviceNo: number, stepMs: number])[]> {
	const { rows } = await sql<{ no: number; step: number }>`
		select device_no as no, percentile_cont(0.75) within group (order by step_ms) as step
		from (
			select device_no, extract(epoch from observed_at - lag(observed_at) over (partition by device_no order by observed_at))
				* 1000 as step_ms
			from reading
			where device_no = any(${deviceNos}::integer[]) and observed_at >= ${from} and observed_at < ${until}
		) as steps
		where step_ms > 0
		group by device_no`.execute(db);
	return rows.map(({ no, step }) => [no, Number(step)] as const);
}

/** The oldest reading of some devices behind a moment. */
export async function oldestReading(db: Db, deviceNos: readonly number[], from: Date): Promise<Date | undefined> {
	const { rows } = await sql<{ at: Date | null }>`
		select min(observed_at) as at from reading
		where device_no = any(${deviceNos}::integer[]) and observed_at >= ${from}`.execute(db);
	return rows[0]?.at ?? undefined;
}
