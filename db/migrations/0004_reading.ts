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
}
