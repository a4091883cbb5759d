// The register: firms, sites, machines with their installations, devices with their bindings, pits, formwork, scaffolds.
// Everything drawn on the map has a small number of its own (`no`) from one sequence; live state speaks of numbers only.

import { sql, type Kysely } from 'kysely';

export async function up(db: Kysely<unknown>): Promise<void> {
	await sql`create sequence object_no as integer`.execute(db);

	await sql`
		create table firm (
			id uuid primary key,
			name text not null unique,
			credit_code text,
			roles text[] not null default '{}',
			caution_from date,
			caution_to date,
			source_id uuid not null references source (id),
			source_row integer
		)`.execute(db);

	await sql`
		create table site (
			id uuid primary key,
			no integer not null unique default nextval('object_no'),
			permit_no text,
			project_code text,
			name text not null,
			name_pinyin text not null default '',
			address text,
			town_code text references town (code),
			grid_id uuid references management_grid (id),
			boundary geometry(MultiPolygon, 4326),
			location geometry(Point, 4326) not null,
			stage text check (stage in ('preparation', 'foundation', 'structure', 'masonry', 'finishing', 'completion')),
			state text not null check (state in ('active', 'stopped', 'suspended', 'finished')),
			floor_area_m2 double precision check (floor_area_m2 >= 0),
			owner_id uuid references firm (id),
			contractor_id uuid references firm (id),
			site_engineer_id uuid references firm (id),
			risk_grade text check (risk_grade in ('high', 'medium', 'low')),
			started_on date,
			planned_finish_on date,
			finished_on date,
			attributes jsonb not null default '{}',
			source_id uuid not null references source (id),
			source_row integer
		)`.execute(db);
	await sql`create unique index site_permit_no on site (permit_no) where permit_no is not null`.execute(db);
	await sql`create index site_by_town on site (town_code)`.execute(db);
	await sql`create index site_by_boundary on site using gist (boundary)`.execute(db);
	await sql`create index site_by_location on site using gist (location)`.execute(db);

	await sql`
		create table site_sign (
			id uuid primary key,
			site_id uuid not null references site (id),
			colour text not null check (colour in ('red', 'yellow', 'green')),
			hung_on date not null,
			removed_on date check (removed_on >= hung_on),
			reason text not null,
			source_id uuid not null references source (id),
			source_row integer
		)`.execute(db);
	await sql`create index site_sign_by_site on site_sign (site_id)`.execute(db);

	await sql`
		create table machine (
			id uuid primary key,
			kind text not null check (kind in ('towerCrane', 'hoist', 'materialHoist', 'mobileCrane', 'gantryCrane')),
			property_record_no text unique,
			factory_no text,
			manufacturer text,
			model text,
			rated_moment_knm double precision check (rated_moment_knm > 0),
			manufactured_on date,
			assessed_until date,
			tested_on date,
			equipment_owner_id uuid references firm (id),
			attributes jsonb not null default '{}',
			source_id uuid not null references source (id),
			source_row integer
		)`.execute(db);

	await sql`
		create table installation (
			id uuid primary key,
			no integer not null unique default nextval('object_no'),
			machine_id uuid not null references machine (id),
			site_id uuid not null references site (id),
			use_registration_no text,
			site_no text,
			location geometry(Point, 4326) not null,
			jib_radius_m double precision check (jib_radius_m > 0),
			counter_jib_m double precision check (counter_jib_m >= 0),
			height_m double precision check (height_m > 0),
			installed_on date not null,
			removed_on date check (removed_on >= installed_on),
			source_id uuid not null references source (id),
			source_row integer
		)`.execute(db);
	await sql`create unique index installation_current on installation (machine_id) where removed_on is null`.execute(db);
	await sql`create index installation_by_machine on installation (machine_id)`.execute(db);
	await sql`create index installation_by_site on installation (site_id)`.execute(db);
	await sql`create index installation_by_location on installation using gist (location)`.execute(db);

	await sql`
		create table pit (
			id uuid primary key,
			no integer not null unique default nextval('object_no'),
			site_id uuid not null references site (id),
			name text not null,
			boundary geometry(MultiPolygon, 4326) not null,
			depth_m double precision check (depth_m > 0),
			dug_m double precision check (dug_m >= 0),
			stage text not null check (stage in ('planned', 'retaining', 'digging', 'slab', 'backfilled')),
			base_slab_on date,
			started_on date,
			finished_on date,
			source_id uuid not null references source (id),
			source_row integer
		)`.execute(db);
	await sql`create index pit_by_site on pit (site_id)`.execute(db);

	await sql`
		create table pit_side (
			id uuid primary key,
			pit_id uuid not null references pit (id),
			name text not null,
			line geometry(LineString, 4326) not null,
			grade text check (grade in ('I', 'II', 'III')),
			support text check (support in ('soilNailWall', 'compositeSoilNailWall', 'anchoredShotcrete', 'cementSoilWall',
				'steelCementSoilWall', 'boredPile', 'diaphragmWall', 'sheetPile', 'slope')),
			source_id uuid not null references source (id),
			source_row integer,
			unique (pit_id, name)
		)`.execute(db);

	await sql`
		create table monitor_point (
			id uuid primary key,
			no integer not null unique default nextval('object_no'),
			pit_id uuid not null references pit (id),
			side_id uuid references pit_side (id),
			code text not null,
			quantity text not null check (quantity in ('wallTopHorizontal', 'wallTopVertical', 'deepHorizontal',
				'columnVertical', 'groundSettlement', 'bottomHeave', 'axialForce', 'anchorForce', 'waterLevel',
				'buildingSettlement', 'pipeSettlement', 'crack')),
			location geometry(Point, 4326) not null,
			design_cumulative_mm double precision,
			design_rate_mm_per_day double precision,
			design_note text,
			source_id uuid not null references source (id),
			source_row integer,
			unique (pit_id, code)
		)`.execute(db);

	await sql`
		create table high_formwork (
			id uuid primary key,
			no integer not null unique default nextval('object_no'),
			site_id uuid not null references site (id),
			name text not null,
			location geometry(Point, 4326) not null,
			height_m double precision,
			span_m double precision,
			load_kn_per_m2 double precision,
			erected_on date not null,
			removed_on date check (removed_on >= erected_on),
			source_id uuid not null references source (id),
			source_row integer
		)`.execute(db);

	await sql`
		create table climbing_scaffold (
			id uuid primary key,
			no integer not null unique default nextval('object_no'),
			site_id uuid not null references site (id),
			name text not null,
			location geometry(Point, 4326) not null,
			lift_height_m double precision,
			inspected_on date,
			erected_on date not null,
			removed_on date check (removed_on >= erected_on),
			source_id uuid not null references source (id),
			source_row integer
		)`.execute(db);

	await sql`
		create table device (
			id text primary key,
			no integer generated by default as identity unique,
			kind text not null check (kind in ('craneMonitor', 'hoistMonitor', 'pitSensor', 'dustStation', 'camera', 'tracker')),
			vendor text,
			expected_interval_s double precision not null check (expected_interval_s > 0),
			source_id uuid not null references source (id),
			source_row integer
		)`.execute(db);

	await sql`
		create table device_binding (
			id uuid primary key,
			device_id text not null references device (id),
			installation_id uuid references installation (id),
			monitor_point_id uuid references monitor_point (id),
			site_id uuid references site (id),
			bound_from timestamptz not null,
			bound_to timestamptz check (bound_to > bound_from),
			source_id uuid not null references source (id),
			source_row integer,
			check (num_nonnulls(installation_id, monitor_point_id, site_id) = 1)
		)`.execute(db);
	await sql`create index device_binding_by_device on device_binding (device_id, bound_from desc)`.execute(db);
	await sql`create unique index device_binding_current on device_binding (device_id) where bound_to is null`.execute(
		db,
	);

	// What changes keeps its history: the row as it was and as it became, with the day it holds from and the time it was recorded.
	await sql`
		create table revision (
			seq bigint generated always as identity primary key,
			subject text not null,
			subject_id text not null,
			valid_from timestamptz not null,
			recorded_at timestamptz not null,
			recorded_by text not null,
			source_id uuid references source (id),
			before jsonb,
			after jsonb
		)`.execute(db);
	await sql`create index revision_by_subject on revision (subject, subject_id, recorded_at desc)`.execute(db);
	await sql`create index revision_by_source on revision (source_id, subject, subject_id)`.execute(db);
}
