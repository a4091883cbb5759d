// The program at work without the right to change the schema: a role for it, with what it may do to rows, and three
// functions for what it still has to ask of the owner (a day's partition, its end, statistics). The trail can be added to
// and not changed. The reading role of the second wall loses what nobody reads in somebody's name: credentials.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		alter function make_reading_partition(date) security definer set search_path = public, pg_temp`.execute(db);
	await sql`
		alter function make_partition(text, text, date, date) security definer set search_path = public, pg_temp`.execute(db);

	await sql`
		create function drop_reading_partition(parent text, day date) returns boolean language plpgsql
		security definer set search_path = public, pg_temp as $$
		declare
			name text := parent || '_' || to_char(day, 'YYYYMMDD');
		begin
			if parent not in ('reading', 'reading_minute') then
				raise exception 'no readings: %', parent;
			end if;
			if to_regclass(name) is null then
				return false;
			end if;
			execute format('alter table %I detach partition %I', parent, name);
			execute format('drop table %I', name);
			return true;
		end $$`.execute(db);
	await sql`
		create function refresh_statistics(what text) returns void language plpgsql
		security definer set search_path = public, pg_temp as $$
		begin
			case what
				when 'revision' then analyze revision (source_id, subject, subject_id);
				when 'import_draft_row' then analyze import_draft_row (draft_id, no);
			end case;
		end $$`.execute(db);

	await sql`
		do $$ begin
			if not exists (select from pg_roles where rolname = 'sitewatch_worker') then
				create role sitewatch_worker nologin;
			end if;
			if exists (select from pg_roles where rolname = 'sitewatch_reader')
				and not pg_has_role('sitewatch_worker', 'sitewatch_reader', 'member')
			then
				grant sitewatch_reader to sitewatch_worker;
			end if;
		exception
			when duplicate_object or unique_violation then null;
			when insufficient_privilege then raise notice 'sitewatch_worker could not be made: the program works as the owner';
		end $$`.execute(db);

	await sql`
		do $$
		declare
			one record;
		begin
			if not exists (select from pg_roles where rolname = 'sitewatch_worker') then return; end if;
			grant usage on schema public to sitewatch_worker;
			grant select, insert, update, delete on all tables in schema public to sitewatch_worker;
			grant usage, select, update on all sequences in schema public to sitewatch_worker;
			alter default privileges in schema public grant select, insert, update, delete on tables to sitewatch_worker;
			alter default privileges in schema public grant usage, select, update on sequences to sitewatch_worker;
			revoke update, delete on audit from sitewatch_worker;
			revoke insert, update, delete on migration from sitewatch_worker;

			for one in
				select relname from pg_class
				where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relrowsecurity
			loop
				execute format(
					'create policy own_work on %I to sitewatch_worker using (true) with check (true)', one.relname);
			end loop;
		end $$`.execute(db);

	await sql`
		do $$
		declare
			one text;
		begin
			foreach one in array array[
				'drop_reading_partition(text, date)', 'refresh_statistics(text)', 'make_reading_partition(date)',
				'make_partition(text, text, date, date)'
			] loop
				execute format('revoke execute on function %s from public', one);
				if exists (select from pg_roles where rolname = 'sitewatch_worker') then
					execute format('grant execute on function %s to sitewatch_worker', one);
				end if;
			end loop;
			if exists (select from pg_roles where rolname = 'sitewatch_reader') then
				foreach one in array array[
					'api_token', 'passkey', 'push_subscription', 'recovery_code', 'server_key', 'session', 'sign_in_attempt',
					'sign_in_link', 'totp', 'wall'
				] loop
					execute format('revoke select on %I from sitewatch_reader', one);
				end loop;
				revoke select on person from sitewatch_reader;
				grant select (id, login, name, is_demo, disabled_at) on person to sitewatch_reader;
			end if;
		end $$`.execute(db);
}
