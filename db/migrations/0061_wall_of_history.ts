// The second wall (0011, 0058) in front of what was told of alarms and what became of the register: steps, who has seen and
// who was told, messages, incidents, sheets of hand-over, changes of rules with their back-tests, and revisions. What asks
// more than one other table is a function, for the sake of the planner (0060).

import { sql, type Kysely, type RawBuilder } from 'kysely';

const isShown = (on: string, column: string) =>
	sql`exists (select from ${sql.table(on)} where ${sql.ref(`${on}.id`)} = ${sql.ref(column)})`;

const CONDITIONS: Readonly<Record<string, RawBuilder<unknown>>> = {
	alarm_step: isShown('alarm', 'alarm_step.alarm_id'),
	alarm_seen: isShown('alarm', 'alarm_seen.alarm_id'),
	// An incident without a site is weather or the network: everybody's.
	incident: sql`incident.site_id is null or ${isShown('site', 'incident.site_id')}`,
	escalation: sql`reaches_told(escalation.alarm_id, escalation.subject_id)`,
	notice: sql`case when notice.escalation_id is not null then ${isShown('escalation', 'notice.escalation_id')}
		else ${isShown('flood_notice', 'notice.flood_notice_id')} end`,
	// A sheet is its area's: the district's, a town's or a grid's.
	handover: sql`reaches_site(null) and reaches_area(left(handover.area, 9), handover.area)`,
	rule_change: sql`rule_change.scope_kind = 'bureau' or reaches_thing(rule_change.scope_kind, rule_change.scope_id)`,
	rule_backtest: isShown('rule_change', 'rule_backtest.change_id'),
	revision: sql`reaches_thing(revision.subject, revision.subject_id, coalesce(revision.after, revision.before))`,
};

/** Read by the program at work and by nobody in somebody's name. */
const NOBODYS_TO_READ = [
	...['audit', 'app_process', 'backup', 'dead_letter', 'job_lease', 'lease', 'migration', 'person_identity'],
	...['role_grant', 'import_draft', 'import_draft_part', 'import_draft_row', 'import_mapping'],
];

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create function reaches_told(alarm uuid, told_of uuid) returns boolean language plpgsql stable as $$
		begin
			if alarm is null then
				return reaches_area(null, null) and reaches_site(null);
			end if;
			return exists (select from alarm a where a.id = alarm)
				or exists (select from alarm a where a.incident_id = told_of);
		end $$`.execute(db);
	// Asked as whoever reads: what a row belongs to is looked for among what the reader is shown. What is gone from the
	// register belongs to nobody's area any more, and so to the district's.
	await sql`
		create function reaches_thing(kind text, key text, image jsonb default null) returns boolean
		language plpgsql stable as $$
		begin
			if reaches_area(null, null) and reaches_site(null) then
				return true;
			end if;
			case kind
				when 'site' then return exists (select from site where id = key::uuid);
				when 'installation' then return exists (select from installation where id = key::uuid);
				when 'machine' then return exists (
					select from installation where machine_id = key::uuid or id = key::uuid);
				when 'pit' then return exists (select from pit where id = key::uuid);
				when 'pit_side' then return exists (select from pit where id = (image ->> 'pit_id')::uuid);
				when 'point', 'monitor_point' then return exists (select from monitor_point where id = key::uuid);
				when 'high_formwork' then return exists (select from high_formwork where id = key::uuid);
				when 'climbing_scaffold' then return exists (select from climbing_scaffold where id = key::uuid);
				when 'device_binding' then return exists (select from device_binding where id = key::uuid);
				when 'device' then return exists (select from device_binding where device_id = key);
				when 'management_grid' then return exists (select from management_grid where id = key::uuid);
				when 'town' then return reaches_area(key, null);
				when 'firm' then return true;
				else return false;
			end case;
		end $$`.execute(db);
	for (const [table, condition] of Object.entries(CONDITIONS)) await wall(db, table, condition);
	for (const table of NOBODYS_TO_READ)
		await sql`
			do $$ begin
				if exists (select from pg_roles where rolname = 'sitewatch_reader') then
					revoke select on ${sql.table(table)} from sitewatch_reader;
				end if;
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
