// Readings of devices, one row per report, partitioned by the day the device measured. The same (device, time, sequence)
// again changes nothing. Partitions are made ahead; what fits none lands in the default partition and is watched.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table reading (
			device_no integer not null,
			observed_at timestamptz not null,
			seq bigint not null,
			received_at timestamptz not null,
			values jsonb not null,
			raw jsonb,
			primary key (device_no, observed_at, seq)
		) partition by range (observed_at)`.execute(db);
	await sql`create table reading_default partition of reading default`.execute(db);

	// Makes the partition of one day in UTC; false when it is there already, or when readings of that day lie in the
	// default partition, which PostgreSQL would refuse to split.
	await sql`
		create function make_reading_partition(day date) returns boolean language plpgsql as $$
		declare
			name text := 'reading_' || to_char(day, 'YYYYMMDD');
			opens timestamptz := day::timestamp at time zone 'UTC';
			closes timestamptz := (day + 1)::timestamp at time zone 'UTC';
		begin
			if to_regclass(name) is not null
				or exists (select from reading_default where observed_at >= opens and observed_at < closes)
			then
				return false;
			end if;
			execute format('create table %I partition of reading for values from (%L) to (%L)', name, opens, closes);
			return true;
		end $$`.execute(db);
}
