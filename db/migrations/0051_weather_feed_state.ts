// What came of the last question to a polled feed, so that a silent feed is seen: nothing heard is not good weather.
// `answered_at` is the last success, `failed_at` the last failure. A feed may also bring stages of rivers.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`alter table weather_feed drop constraint weather_feed_form_check`.execute(db);
	await sql`
		alter table weather_feed
			add constraint weather_feed_form_check check (form in ('cap', 'json', 'usgs')),
			add column failed_at timestamptz,
			add column failures integer not null default 0 check (failures >= 0),
			add column etag text,
			add column heard jsonb,
			add column changed_at timestamptz,
			add column changed_by text`.execute(db);
}
