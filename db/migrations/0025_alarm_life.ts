// The life of an alarm: how far people have got with it, the shelf, what suppresses it, the incident it belongs to, its
// history, and who has seen it. Illegal moves are refused here, whatever a program believes it may do.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`
		create table incident (
			id uuid primary key,
			kind text not null check (kind in ('gale', 'powerCut', 'gatewaysLost', 'silence', 'burst', 'siteBurst')),
			condition text not null,
			site_id uuid references site (id),
			opened_at timestamptz not null,
			last_at timestamptz not null
		)`.execute(db);
	await sql`create index incident_by_last on incident (last_at desc)`.execute(db);

	// The alarm of a gateway, a site's power or the network hangs on no device.
	await sql`alter table alarm drop constraint alarm_device_id_fkey`.execute(db);
	await sql`
		alter table alarm
			add column origin text not null default 'device' check (origin in ('device', 'gateway', 'site', 'network')),
			add column handling text not null default 'new'
				check (handling in ('new', 'acknowledged', 'assigned', 'verified', 'closed')),
			add column worst_level text not null default 'notice' check (worst_level in ('notice', 'warning', 'danger')),
			add column flaps integer not null default 0,
			add column spoke_at timestamptz,
			add column acknowledged_by_id text,
			add column acknowledged_level text check (acknowledged_level in ('notice', 'warning', 'danger')),
			add column assignee_id text,
			add column assignee_name text,
			add column promised_at timestamptz,
			add column verified_at timestamptz,
			add column verified_by_id text,
			add column verified_by text,
			add column closed_at timestamptz,
			add column closed_by text,
			add column shelf_state text check (shelf_state in ('asked', 'on')),
			add column shelf_by_id text,
			add column shelf_by text,
			add column shelf_second_id text,
			add column shelf_second text,
			add column shelf_reason text,
			add column shelf_at timestamptz,
			add column shelf_until timestamptz,
			add column shelf_level text check (shelf_level in ('notice', 'warning', 'danger')),
			add column suppressed_by uuid references alarm (id),
			add column is_out_of_service boolean not null default false,
			add column incident_id uuid references incident (id)`.execute(db);
	await sql`
		update alarm set
			worst_level = level,
			acknowledged_level = case when acknowledged_at is not null then level end,
			handling = case
				when cleared_at is not null then 'closed'
				when acknowledged_at is not null then 'acknowledged'
				else 'new' end,
			spoke_at = raised_at,
			closed_at = cleared_at,
			closed_by = case when cleared_at is not null then 'system' end`.execute(db);
	await sql`
		alter table alarm
			alter column spoke_at set not null,
			add constraint alarm_taken check (
				handling not in ('acknowledged', 'assigned', 'verified')
				or (acknowledged_at is not null and acknowledged_level is not null)),
			add constraint alarm_assigned check (handling <> 'assigned' or assignee_id is not null),
			add constraint alarm_verified check (
				handling <> 'verified' or (cleared_at is not null and verified_at is not null and verified_by_id is not null)),
			add constraint alarm_verified_by_another check (verified_by_id <> assignee_id),
			add constraint alarm_closed check (
				(handling = 'closed') = (closed_at is not null) and (handling <> 'closed' or cleared_at is not null)),
			add constraint alarm_shelf check (case
				when shelf_state is null then
					coalesce(shelf_by_id, shelf_by, shelf_second_id, shelf_second, shelf_reason, shelf_level) is null
					and shelf_at is null and shelf_until is null
				else shelf_by_id is not null and shelf_reason <> '' and shelf_level is not null and shelf_until > shelf_at end),
			add constraint alarm_shelf_of_danger check (
				shelf_state is distinct from 'on' or worst_level <> 'danger'
				or (shelf_second_id is not null and shelf_second_id <> shelf_by_id))`.execute(db);

	await sql`drop index alarm_open`.execute(db);
	await sql`create unique index alarm_open on alarm (device_id, condition) where handling <> 'closed'`.execute(db);
	await sql`create index alarm_by_incident on alarm (incident_id) where incident_id is not null`.execute(db);

	await sql`
		create function alarm_may_move() returns trigger language plpgsql as $$
		begin
			if old.handling = new.handling then
				return new;
			end if;
			if (old.handling, new.handling) in (
				('new', 'acknowledged'), ('new', 'assigned'),
				('acknowledged', 'assigned'), ('acknowledged', 'verified'), ('assigned', 'verified'), ('verified', 'closed'),
				('acknowledged', 'new'), ('assigned', 'new'), ('verified', 'new'),
				('assigned', 'acknowledged'), ('verified', 'acknowledged'), ('verified', 'assigned'))
			then
				return new;
			end if;
			if (old.handling, new.handling) in (('new', 'closed'), ('acknowledged', 'closed'))
				and new.worst_level <> 'danger'
			then
				return new;
			end if;
			raise exception 'An alarm that is % may not become % (worst level %).',
				old.handling, new.handling, new.worst_level using errcode = 'check_violation';
		end $$`.execute(db);
	await sql`
		create trigger alarm_moves before update on alarm
		for each row execute function alarm_may_move()`.execute(db);

	await sql`
		create table alarm_step (
			seq bigint generated always as identity primary key,
			alarm_id uuid not null references alarm (id),
			at timestamptz not null,
			move text not null,
			by_id text,
			by_name text,
			level text check (level in ('notice', 'warning', 'danger')),
			note text,
			detail jsonb not null default '{}'
		)`.execute(db);
	await sql`create index alarm_step_by_alarm on alarm_step (alarm_id, seq)`.execute(db);
	await sql`create index alarm_step_by_at on alarm_step (at, move)`.execute(db);

	await sql`
		create table alarm_seen (
			alarm_id uuid not null references alarm (id),
			person_id text not null,
			person_name text not null,
			device text not null,
			first_at timestamptz not null,
			last_at timestamptz not null,
			primary key (alarm_id, person_id, device)
		)`.execute(db);

	await sql`
		create table device_out_of_service (
			id uuid primary key,
			device_id text not null references device (id),
			reason text not null check (reason <> ''),
			by_id text not null,
			by_name text not null,
			from_at timestamptz not null,
			until timestamptz not null check (until > from_at),
			ended_at timestamptz
		)`.execute(db);
	await sql`
		create unique index device_out_of_service_now on device_out_of_service (device_id)
		where ended_at is null`.execute(db);

	// The gateway a device speaks through, as it is labelled; what is silent together with it has one cause.
	await sql`alter table device add column gateway text`.execute(db);
}
