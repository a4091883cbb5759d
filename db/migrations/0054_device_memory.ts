// What judging has learned of a device and could not learn again from its readings, because they are thinned out: where
// a mast stood in calm, and since when a value has not moved.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table device_baseline (
			device_id text primary key references device (id) on delete cascade,
			installation_id uuid not null references installation (id) on delete cascade,
			tilt_deg double precision,
			samples integer not null check (samples >= 0),
			mast_m double precision,
			taught_at timestamptz not null,
			check ((samples = 0) = (tilt_deg is null))
		)`.execute(db);
	// By quantity: the value, and since when (ms) it has been the same.
	await sql`alter table device_habit add column flats jsonb not null default '{}'`.execute(db);
}
