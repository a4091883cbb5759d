// What the second wall (0011, 0058) asks of a row, as functions the planner does not look into. Written out into a
// question, comparisons with a setting nobody knows yet were taken to let one row in two hundred through: a list of a
// thousand machines was joined one by one, in seconds. A function is taken to let a third through.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create or replace function reaches_area(town text, grid text) returns boolean language plpgsql stable parallel safe as $$
		begin
			return coalesce(
				string_to_array(current_setting('sitewatch.areas', true), ',') && array[left(town, 6), town, grid]
				or (town is null and current_setting('sitewatch.areas', true) ~ '(^|,)[0-9]{6}(,|$)'),
				false);
		end $$`.execute(db);
	await sql`
		create or replace function reaches_site(id uuid) returns boolean language plpgsql stable parallel safe as $$
		begin
			return coalesce(current_setting('sitewatch.sites', true), '') = '*'
				or coalesce(id::text = any(string_to_array(current_setting('sitewatch.sites', true), ',')), false);
		end $$`.execute(db);
}
