// The past of the readings: rolled up by minute and hour, and dropped day by day once that is proven complete.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const ms = (day: string) => Date.parse(`${day}T00:00:00Z`);
const partition = (parent: string, day: string) => `${parent}_${day.replaceAll('-', '')}`;

/** Days that have a partition of raw readings, oldest first. */
export async function readingDays(db: Db): Promise<string[]> {
	const { rows } = await sql<{ name: string }>`
		select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
		where i.inhparent = 'reading'::regclass and c.relname ~ '^reading_\\d{8}$' order by 1`.execute(db);
	return rows.map(({ name }) => name.slice(-8).replace(/(\d{4})(\d{2})(\d{2})/, '$1-$2-$3'));
}

export interface DayState {
	day: string;
	readings: number;
	rolledUpAt: Date | null;
	rawDroppedAt: Date | null;
	minutesDroppedAt: Date | null;
}

export async function storageDays(db: Db): Promise<Map<string, DayState>> {
	const rows = await db.selectFrom('storage_day').selectAll().execute();
	return new Map(
		rows.map((row) => [
			String(row.day),
			{
				day: String(row.day),
				readings: Number(row.readings),
				rolledUpAt: row.rolled_up_at,
				rawDroppedAt: row.raw_dropped_at,
				minutesDroppedAt: row.minutes_dropped_at,
			},
		]),
	);
}

export async function countDay(db: Db, day: string): Promise<number> {
	const { rows } = await sql<{ n: string }>`select count(*) as n from ${sql.table(partition('reading', day))}`.execute(
		db,
	);
	return Number(rows[0]!.n);
}

/** Makes the partitions the roll-ups of a day go into. */
export async function ensureRollUpPartitions(db: Db, day: string): Promise<void> {
	const next = new Date(ms(day) + DAY_MS).toISOString().slice(0, 10);
	const month = `${day.slice(0, 7)}-01`;
	await sql`
		select make_partition('reading_minute', 'begins_at', ${day}::date, ${next}::date),
			make_partition('reading_hour', 'begins_at', ${month}::date, (${month}::date + interval '1 month')::date)`.execute(db);
}

/**
 * Rolls one hour up, in one transaction; again gives the same. A value with a quality is counted as bad and enters
 * neither mean nor extremes.
 */
export async function rollUpHour(db: Db, day: string, hour: number): Promise<void> {
	const from = new Date(ms(day) + hour * HOUR_MS);
	const to = new Date(from.getTime() + HOUR_MS);
	await transaction(db, async (tx) => {
		await sql`delete from reading_minute where begins_at >= ${from} and begins_at < ${to}`.execute(tx);
		await sql`
			insert into reading_minute (device_no, begins_at, quantity, n, least, greatest, mean, bad)
			select device_no, begins_at, quantity, count(*) filter (where good), min(value) filter (where good),
				max(value) filter (where good), avg(value) filter (where good), count(*) filter (where not good)
			from (
				select device_no, date_bin('1 minute', observed_at, timestamptz 'epoch') as begins_at, v.key as quantity,
					v.value::text::double precision as value, not coalesce(quality ? v.key or quality ? '*', false) as good
				from reading, jsonb_each(values) as v
				where observed_at >= ${from} and observed_at < ${to} and jsonb_typeof(v.value) = 'number'
			) as one
			group by device_no, begins_at, quantity
			having count(*) filter (where good) > 0`.execute(tx);
		await sql`delete from reading_hour where begins_at >= ${from} and begins_at < ${to}`.execute(tx);
		await sql`
			insert into reading_hour (device_no, begins_at, quantity, n, least, greatest, mean, bad)
			select device_no, ${from}::timestamptz, quantity, sum(n), min(least), max(greatest), sum(mean * n) / sum(n), sum(bad)
			from reading_minute where begins_at >= ${from} and begins_at < ${to}
			group by device_no, quantity`.execute(tx);
	});
}

export async function noteRolledUp(db: Db, day: string, readings: number, at: Date): Promise<void> {
	await db
		.insertInto('storage_day')
		.values({ day, readings, rolled_up_at: at })
		.onConflict((conflict) => conflict.column('day').doUpdateSet({ readings, rolled_up_at: at }))
		.execute();
}

/** Detaches and drops a day's raw readings; the ledger says so in the same transaction. */
export async function dropRawDay(db: Db, day: string, at: Date): Promise<void> {
	await transaction(db, async (tx) => {
		await sql`select drop_reading_partition('reading', ${day}::date)`.execute(tx);
		await tx.updateTable('storage_day').set({ raw_dropped_at: at }).where('day', '=', day).execute();
	});
}

export async function dropMinutes(db: Db, day: string, at: Date): Promise<void> {
	await transaction(db, async (tx) => {
		await sql`select drop_reading_partition('reading_minute', ${day}::date)`.execute(tx);
		await tx.updateTable('storage_day').set({ minutes_dropped_at: at }).where('day', '=', day).execute();
	});
}

/** Readings of a device without a partition of their own, and hours, beyond what is kept. */
export async function dropLeftovers(db: Db, rawBefore: Date, hoursBefore: Date): Promise<void> {
	await sql`delete from reading_default where observed_at < ${rawBefore}`.execute(db);
	await sql`delete from reading_hour where begins_at < ${hoursBefore}`.execute(db);
}

export interface CurveBucket {
	atMs: number;
	least: number | null;
	greatest: number | null;
	mean: number | null;
	n: number;
	/** Values that cannot be believed. */
	bad: number;
}

/** Buckets of one quantity of one device, oldest first; a step without a report has none. */
export async function curveBuckets(
	db: Db,
	table: 'reading' | 'reading_minute' | 'reading_hour',
	{ deviceNo, quantity, from, to, stepS }: { deviceNo: number; quantity: string; from: Date; to: Date; stepS: number },
): Promise<CurveBucket[]> {
	const bin = (column: string) =>
		sql`date_bin(make_interval(secs => ${stepS}::float8), ${sql.ref(column)}, timestamptz 'epoch')`;
	const query =
		table === 'reading'
			? sql<Raw>`
				select extract(epoch from begins_at) * 1000 as at, min(value) filter (where good) as least,
					max(value) filter (where good) as greatest, avg(value) filter (where good) as mean,
					count(*) filter (where good) as n, count(*) filter (where not good) as bad
				from (
					select ${bin('observed_at')} as begins_at,
						case when jsonb_typeof(values -> ${quantity}) = 'number' then (values ->> ${quantity})::float8 end as value,
						jsonb_typeof(values -> ${quantity}) = 'number'
							and not coalesce(quality ? ${quantity} or quality ? '*', false) as good
					from reading
					where device_no = ${deviceNo} and observed_at >= ${from} and observed_at < ${to}
						and (values ? ${quantity} or coalesce(quality ? ${quantity}, false))
				) as one group by begins_at order by begins_at`
			: sql<Raw>`
				select extract(epoch from at) * 1000 as at, min(least) as least, max(greatest) as greatest,
					sum(mean * n) / sum(n) as mean, sum(n) as n, sum(bad) as bad
				from (
					select ${bin('begins_at')} as at, least, greatest, mean, n, bad from ${sql.table(table)}
					where device_no = ${deviceNo} and quantity = ${quantity} and begins_at >= ${from} and begins_at < ${to}
				) as one group by at order by at`;
	const { rows } = await query.execute(db);
	return rows.map((row) => ({
		atMs: Number(row.at),
		least: row.least === null ? null : Number(row.least),
		greatest: row.greatest === null ? null : Number(row.greatest),
		mean: row.mean === null ? null : Number(row.mean),
		n: Number(row.n),
		bad: Number(row.bad),
	}));
}

interface Raw {
	at: string | number;
	least: number | null;
	greatest: number | null;
	mean: number | null;
	n: string;
	bad: string;
}
