// The second wall behind the repositories: a role that may only read, and to which the database itself shows the rows of
// one scope. Who reads says the scope in the settings of its transaction; without one nothing is shown. The owner of the
// tables (the program's own work) is not held by it.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function reaches_area(town text, grid text) returns boolean language sql stable as $$
			select exists (
				select from unnest(string_to_array(nullif(current_setting('sitewatch.areas', true), ''), ',')) as area
				where case
					when length(area) = 15 then area = grid
					when town is null then length(area) = 6
					else town like area || '%'
				end
			)
		$$`.execute(db);
	await sql`
		create function reaches_site(id uuid) returns boolean language sql stable as $$
			select coalesce(current_setting('sitewatch.sites', true), '') = '*'
				or id::text = any(string_to_array(current_setting('sitewatch.sites', true), ','))
		$$`.execute(db);

	await sql`
		do $$ begin
			if not exists (select from pg_roles where rolname = 'sitewatch_reader') then
				create role sitewatch_reader nologin;
			end if;
			if not pg_has_role(current_user, 'sitewatch_reader', 'member') then
				grant sitewatch_reader to current_user;
			end if;
		exception
			when duplicate_object or unique_violation then null;
			when insufficient_privilege then raise notice 'sitewatch_reader could not be made: no second wall';
		end $$`.execute(db);

	await sql`
		do $$
		declare
			place record;
		begin
			if not exists (select from pg_roles where rolname = 'sitewatch_reader') then return; end if;
			grant usage on schema public to sitewatch_reader;
			grant select on all tables in schema public to sitewatch_reader;
			alter default privileges in schema public grant select on tables to sitewatch_reader;

			alter table management_grid enable row level security;
			create policy own_area on management_grid for select to sitewatch_reader using (reaches_area(town_code, code));

			alter table site enable row level security;
			create policy own_area on site for select to sitewatch_reader using (
				reaches_site(id) and reaches_area(town_code, (select code from management_grid where management_grid.id = grid_id))
			);

			for place in select unnest(array[
				'site_sign', 'installation', 'pit', 'high_formwork', 'climbing_scaffold', 'visit', 'hazard', 'stop_work_order'
			]) as name loop
				execute format('alter table %I enable row level security', place.name);
				execute format(
					'create policy own_area on %I for select to sitewatch_reader
						using (exists (select from site where site.id = site_id))', place.name);
			end loop;

			alter table alarm enable row level security;
			create policy own_area on alarm for select to sitewatch_reader using (
				case when site_id is null then reaches_area(null, null) else exists (select from site where site.id = site_id) end
			);
			alter table event_log enable row level security;
			create policy own_area on event_log for select to sitewatch_reader using (
				(site_id is null or reaches_site(site_id)) and (
					reaches_area(town_code, null) or exists (select from site where site.id = event_log.site_id)
				)
			);
		end $$`.execute(db);
}
