// What people see at a pit: signs of danger reported by button (GB 50497-2019 8.0.9), and the daily walk. The button is
// a device of its own, so that its alarm goes the way of every other.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table pit_button (
			pit_id uuid primary key references pit (id),
			device_id text not null unique references device (id)
		)`.execute(db);

	await sql`
		create table pit_danger (
			id uuid primary key,
			pit_id uuid not null references pit (id),
			sign smallint not null check (sign between 1 and 7),
			note text not null,
			photo bytea,
			photo_type text check (photo_type in ('image/jpeg', 'image/png', 'image/webp')),
			reported_at timestamptz not null,
			reported_by text not null,
			reported_by_name text not null,
			ended_at timestamptz check (ended_at >= reported_at),
			ended_by_name text,
			end_note text,
			check ((photo is null) = (photo_type is null)),
			check ((ended_at is null) = (ended_by_name is null))
		)`.execute(db);
	await sql`create index pit_danger_by_pit on pit_danger (pit_id, reported_at desc)`.execute(db);
	await sql`create index pit_danger_open on pit_danger (pit_id) where ended_at is null`.execute(db);

	await sql`
		create table pit_walk (
			id uuid primary key,
			pit_id uuid not null references pit (id),
			walked_on date not null,
			recorded_at timestamptz not null,
			recorded_by_name text not null,
			is_sound boolean not null,
			note text not null,
			unique (pit_id, walked_on)
		)`.execute(db);
}
