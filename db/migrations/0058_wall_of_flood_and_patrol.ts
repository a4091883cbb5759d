// The second wall (0011) in front of what came after it: flood, coverage, patrol, what hangs on pits and devices,
// photographs and stills. What belongs to the whole district (signals, stations, rounds, staff) stays open to everybody in
// it. A plan or a draw is shown with all its sites or not at all.

import { sql, type Kysely, type RawBuilder } from 'kysely';

/** Rows that are shown where the row is that they hang on. */
const HANGS_ON: readonly (readonly [table: string, column: string, on: string])[] = [
	['flood_site', 'site_id', 'site'],
	['flood_exposure', 'site_id', 'site'],
	['flood_ledger_item', 'site_id', 'site'],
	['flood_notice', 'site_id', 'site'],
	['duty_check', 'site_id', 'site'],
	['site_measure', 'notice_id', 'flood_notice'],
	['flood_receipt', 'notice_id', 'flood_notice'],
	['flood_resume', 'notice_id', 'flood_notice'],
	['visit_machine', 'visit_id', 'visit'],
	['patrol_stop', 'site_id', 'site'],
	['stop_hazard', 'stop_id', 'patrol_stop'],
	['patrol_team', 'plan_id', 'patrol_plan'],
	['patrol_companion', 'plan_id', 'patrol_plan'],
	['pit_side', 'pit_id', 'pit'],
	['monitor_point', 'pit_id', 'pit'],
	['pit_danger', 'pit_id', 'pit'],
	['pit_walk', 'pit_id', 'pit'],
	['pit_button', 'pit_id', 'pit'],
];

/** What belongs to no site belongs to the whole district. */
const whole = sql`reaches_area(null, null) and reaches_site(null)`;
const isShown = (on: string, column: string) =>
	sql`exists (select from ${sql.table(on)} where ${sql.ref(`${on}.id`)} = ${sql.ref(column)})`;
const siteOrWhole = (column: string) =>
	sql`case when ${sql.ref(column)} is null then ${whole} else ${isShown('site', column)} end`;
const allSites = (ids: RawBuilder<unknown>) => sql`(${whole}) or not exists (
	select from (${ids}) as named (id)
	where not exists (select from site where site.id::text = named.id #>> '{}')
)`;

const OWN: Readonly<Record<string, RawBuilder<unknown>>> = {
	flood_log: sql`flood_log.site_id is null or ${isShown('site', 'flood_log.site_id')}`,
	flood_photo: sql`
		exists (select from flood_receipt where flood_receipt.photo_id = flood_photo.id)
		or exists (select from duty_check where duty_check.photo_id = flood_photo.id)
		or exists (
			select from flood_resume
			where flood_resume.items @> jsonb_build_array(jsonb_build_object('photoId', flood_photo.id::text))
		)`,
	self_assessment: siteOrWhole('self_assessment.site_id'),
	found_site: siteOrWhole('found_site.near_site_id'),
	patrol_plan: allSites(sql`
		select jsonb_path_query(patrol_plan.visits, '$.visits[*].siteId')
		union all select jsonb_path_query(patrol_plan.visits, '$.notAsked[*].siteId')`),
	patrol_draw: allSites(sql`select jsonb_path_query(patrol_draw.pool, '$.sites[*]')`),
	evidence: sql`case
		when evidence.hazard_id is not null then ${isShown('hazard', 'evidence.hazard_id')}
		when evidence.stop_id is not null then ${isShown('patrol_stop', 'evidence.stop_id')}
		else ${whole} end`,
	device_binding: sql`case
		when device_binding.installation_id is not null then ${isShown('installation', 'device_binding.installation_id')}
		when device_binding.monitor_point_id is not null then ${isShown('monitor_point', 'device_binding.monitor_point_id')}
		else ${isShown('site', 'device_binding.site_id')} end`,
	// Whoever may see where a camera hangs, or hung; one that never hung anywhere is the district's.
	still: sql`(${whole}) or exists (select from device_binding where device_binding.device_id = still.device_id)`,
};

export async function up(db: Kysely<unknown>): Promise<void> {
	await quicken(db);
	for (const [table, column, on] of HANGS_ON) await wall(db, table, isShown(on, `${table}.${column}`));
	for (const [table, condition] of Object.entries(OWN)) await wall(db, table, condition);
	await sql`
		do $$ begin
			if exists (select from pg_roles where rolname = 'sitewatch_reader') then
				revoke select on field_item from sitewatch_reader;
			end if;
		end $$`.execute(db);
}

/**
 * The same rule as in 0011, asked of every row of every list, without a loop over the areas and without looking for the
 * grid of a site unless the scope names one. Codes have 6, 9 or 15 digits.
 */
async function quicken(db: Kysely<unknown>): Promise<void> {
	await sql`
		create or replace function reaches_area(town text, grid text) returns boolean language sql stable as $$
			select coalesce(
				string_to_array(current_setting('sitewatch.areas', true), ',') && array[left(town, 6), town, grid]
				or (town is null and current_setting('sitewatch.areas', true) ~ '(^|,)[0-9]{6}(,|$)'),
				false)
		$$`.execute(db);
	await sql`
		do $$ begin
			if not exists (select from pg_roles where rolname = 'sitewatch_reader') then return; end if;
			alter policy own_area on site using (
				reaches_site(id) and case
					when reaches_area(town_code, null) then true
					when current_setting('sitewatch.areas', true) ~ '[0-9]{15}'
						then reaches_area(town_code, (select code from management_grid where management_grid.id = grid_id))
					else false end
			);
		end $$`.execute(db);
}

/** As in 0011 and 0056: the reader sees what the condition lets through, the program at work everything. */
async function wall(db: Kysely<unknown>, table: string, condition: RawBuilder<unknown>): Promise<void> {
	await sql`
		do $$ begin
			if not exists (select from pg_roles where rolname = 'sitewatch_reader') then return; end if;
			alter table ${sql.table(table)} enable row level security;
			create policy own_area on ${sql.table(table)} for select to sitewatch_reader using (${condition});
			if exists (select from pg_roles where rolname = 'sitewatch_worker') then
				create policy own_work on ${sql.table(table)} to sitewatch_worker using (true) with check (true);
			end if;
		end $$`.execute(db);
}
