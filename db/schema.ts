// The tables as Kysely sees them. A test compares this file with the database's own description (information_schema).
// Days are `YYYY-MM-DD` strings, moments are Dates, 8-byte integers arrive as strings.

import type { ColumnType, Generated, GeneratedAlways } from 'kysely';

declare const geometry: unique symbol;
/** A PostGIS geometry. Opaque: only `server/db/geo.ts` makes and reads one, so a bare string does not compile. */
export type Geometry = { readonly [geometry]: true };

/** Written as anything that serialises, read back as parsed JSON. */
export type Json = ColumnType<unknown, string, string>;
/** A moment; may be written as a Date or an ISO string with zone. */
export type Moment = ColumnType<Date, Date | string, Date | string>;
/** An 8-byte integer: read as a string, written as number, bigint or string. */
export type Int8 = ColumnType<string, string | number | bigint, string | number | bigint>;

export interface AlarmTable {
	id: string;
	device_id: string;
	condition: string;
	site_id: string | null;
	object_no: number | null;
	level: 'notice' | 'warning' | 'danger';
	value: number | null;
	peak: number | null;
	limit_value: number;
	unit: string;
	rule_key: string;
	count: Generated<number>;
	revision: Generated<number>;
	raised_at: Moment;
	last_at: Moment;
	cleared_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
	acknowledged_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
	acknowledged_by: string | null;
}

export interface ApiTokenTable {
	id: string;
	name: string;
	token_sha256: Buffer;
	scope: 'ingest' | 'read' | 'plan' | 'admin';
	site_ids: string[] | null;
	device_ids: string[] | null;
	quantities: string[] | null;
	created_at: Moment;
	created_by: string;
	last_used_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
	revoked_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
}

export interface AuditTable {
	seq: Int8;
	at: Moment;
	actor: string;
	actor_kind: string;
	address: string | null;
	action: string;
	object: string;
	detail: ColumnType<unknown, string | undefined, string>;
	outcome: 'done' | 'denied' | 'failed';
	prev_hash: Buffer;
	hash: Buffer;
}

export interface ClimbingScaffoldTable {
	id: string;
	no: Generated<number>;
	site_id: string;
	name: string;
	location: Geometry;
	lift_height_m: number | null;
	inspected_on: string | null;
	erected_on: string;
	removed_on: string | null;
	source_id: string;
	source_row: number | null;
}

export interface DeviceTable {
	id: string;
	no: Generated<number>;
	kind: 'craneMonitor' | 'hoistMonitor' | 'pitSensor' | 'dustStation' | 'camera' | 'tracker';
	vendor: string | null;
	expected_interval_s: number;
	source_id: string;
	source_row: number | null;
}

export interface DeviceBindingTable {
	id: string;
	device_id: string;
	installation_id: string | null;
	monitor_point_id: string | null;
	site_id: string | null;
	bound_from: Moment;
	bound_to: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
	source_id: string;
	source_row: number | null;
}

export interface EventLogTable {
	seq: Int8;
	at: Moment;
	type: string;
	subject_kind: string;
	subject_id: string;
	object_no: number | null;
	site_id: string | null;
	town_code: string | null;
	data: ColumnType<unknown, string | undefined, string>;
}

export interface ExpertTable {
	id: string;
	name: string;
	disciplines: string[];
	is_senior: boolean;
	joined_on: string;
	source_id: string;
	source_row: number | null;
}

export interface FirmTable {
	id: string;
	name: string;
	credit_code: string | null;
	roles: Generated<string[]>;
	caution_from: string | null;
	caution_to: string | null;
	source_id: string;
	source_row: number | null;
}

export interface HazardTable {
	id: string;
	site_id: string;
	visit_id: string | null;
	found_at: Moment;
	category:
		| 'management'
		| 'pit'
		| 'formwork'
		| 'scaffold'
		| 'crane'
		| 'height'
		| 'power'
		| 'confinedSpace'
		| 'demolition'
		| 'tunnel'
		| 'stacking'
		| 'fire'
		| 'other';
	description: string;
	is_major: Generated<boolean>;
	criterion: ColumnType<unknown, string | null | undefined, string | null>;
	found_by: 'patrol' | 'assessment' | 'campaign' | 'insurance' | 'testing' | 'firm';
	due_on: string | null;
	rectified_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
	accepted_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
	closed_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
	source_id: string;
	source_row: number | null;
}

export interface HighFormworkTable {
	id: string;
	no: Generated<number>;
	site_id: string;
	name: string;
	location: Geometry;
	height_m: number | null;
	span_m: number | null;
	load_kn_per_m2: number | null;
	erected_on: string;
	removed_on: string | null;
	source_id: string;
	source_row: number | null;
}

export interface ImportDraftTable {
	id: string;
	subject: string;
	file_name: string;
	file_sha256: string;
	datum: string | null;
	mapping: Json;
	rows: Json;
	created_at: Moment;
	created_by: string;
}

export interface ImportMappingTable {
	subject: string;
	header_sha256: string;
	mapping: Json;
	datum: string | null;
	used_at: Moment;
}

export interface InstallationTable {
	id: string;
	no: Generated<number>;
	machine_id: string;
	site_id: string;
	use_registration_no: string | null;
	site_no: string | null;
	location: Geometry;
	jib_radius_m: number | null;
	counter_jib_m: number | null;
	height_m: number | null;
	installed_on: string;
	removed_on: string | null;
	source_id: string;
	source_row: number | null;
}

export interface MachineTable {
	id: string;
	kind: 'towerCrane' | 'hoist' | 'materialHoist' | 'mobileCrane' | 'gantryCrane';
	property_record_no: string | null;
	factory_no: string | null;
	manufacturer: string | null;
	model: string | null;
	rated_moment_knm: number | null;
	manufactured_on: string | null;
	assessed_until: string | null;
	tested_on: string | null;
	equipment_owner_id: string | null;
	attributes: ColumnType<unknown, string | undefined, string>;
	source_id: string;
	source_row: number | null;
}

export interface ManagementGridTable {
	id: string;
	code: string;
	name: string;
	town_code: string;
	boundary: Geometry;
	owner_name: string | null;
	backup_name: string | null;
	valid_from: string;
	valid_to: string | null;
	source_id: string;
	source_row: number | null;
}

export interface MonitorPointTable {
	id: string;
	no: Generated<number>;
	pit_id: string;
	side_id: string | null;
	code: string;
	quantity:
		| 'wallTopHorizontal'
		| 'wallTopVertical'
		| 'deepHorizontal'
		| 'columnVertical'
		| 'groundSettlement'
		| 'bottomHeave'
		| 'axialForce'
		| 'anchorForce'
		| 'waterLevel'
		| 'buildingSettlement'
		| 'pipeSettlement'
		| 'crack';
	location: Geometry;
	design_cumulative_mm: number | null;
	design_rate_mm_per_day: number | null;
	design_note: string | null;
	source_id: string;
	source_row: number | null;
}

export interface PersonTable {
	id: string;
	login: string;
	name: string;
	is_demo: Generated<boolean>;
	password_hash: string | null;
	password_changed_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
	disabled_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
	principal_version: Generated<number>;
	created_at: Moment;
}

export interface PitTable {
	id: string;
	no: Generated<number>;
	site_id: string;
	name: string;
	boundary: Geometry;
	depth_m: number | null;
	dug_m: number | null;
	stage: 'planned' | 'retaining' | 'digging' | 'slab' | 'backfilled';
	base_slab_on: string | null;
	started_on: string | null;
	finished_on: string | null;
	source_id: string;
	source_row: number | null;
}

export interface PitSideTable {
	id: string;
	pit_id: string;
	name: string;
	line: Geometry;
	grade: 'I' | 'II' | 'III' | null;
	support:
		| 'soilNailWall'
		| 'compositeSoilNailWall'
		| 'anchoredShotcrete'
		| 'cementSoilWall'
		| 'steelCementSoilWall'
		| 'boredPile'
		| 'diaphragmWall'
		| 'sheetPile'
		| 'slope'
		| null;
	source_id: string;
	source_row: number | null;
}

export interface ReadingTable {
	device_no: number;
	observed_at: Moment;
	seq: Int8;
	received_at: Moment;
	values: Json;
	raw: ColumnType<unknown, string | null | undefined, string | null>;
}

export interface RevisionTable {
	seq: GeneratedAlways<string>;
	subject: string;
	subject_id: string;
	valid_from: Moment;
	recorded_at: Moment;
	recorded_by: string;
	source_id: string | null;
	before: ColumnType<unknown, string | null | undefined, string | null>;
	after: ColumnType<unknown, string | null | undefined, string | null>;
}

export interface RoleGrantTable {
	id: string;
	person_id: string;
	role: 'dutyOfficer' | 'supervisor' | 'leader' | 'analyst' | 'systemAdmin' | 'securityAdmin' | 'auditor';
	area: string;
	layer_classes: string[];
	granted_at: Moment;
	granted_by: string;
}

export interface SessionTable {
	id: string;
	token_sha256: Buffer;
	person_id: string;
	principal_version: number;
	created_at: Moment;
	seen_at: Moment;
	expires_at: Moment;
	revoked_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
	address: string | null;
	agent: string | null;
}

export interface SignInLinkTable {
	token_sha256: Buffer;
	purpose: 'setup' | 'demo';
	person_id: string | null;
	created_at: Moment;
	expires_at: Moment;
	used_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
}

export interface SiteTable {
	id: string;
	no: Generated<number>;
	permit_no: string | null;
	project_code: string | null;
	name: string;
	name_pinyin: Generated<string>;
	address: string | null;
	town_code: string | null;
	grid_id: string | null;
	boundary: Geometry | null;
	location: Geometry;
	stage: 'preparation' | 'foundation' | 'structure' | 'masonry' | 'finishing' | 'completion' | null;
	state: 'active' | 'stopped' | 'suspended' | 'finished';
	floor_area_m2: number | null;
	owner_id: string | null;
	contractor_id: string | null;
	site_engineer_id: string | null;
	risk_grade: 'high' | 'medium' | 'low' | null;
	started_on: string | null;
	planned_finish_on: string | null;
	finished_on: string | null;
	attributes: ColumnType<unknown, string | undefined, string>;
	source_id: string;
	source_row: number | null;
}

export interface SiteSignTable {
	id: string;
	site_id: string;
	colour: 'red' | 'yellow' | 'green';
	hung_on: string;
	removed_on: string | null;
	reason: string;
	source_id: string;
	source_row: number | null;
}

export interface SourceTable {
	id: string;
	kind: 'demo' | 'import' | 'hand' | 'upstream';
	subject: string;
	name: string;
	file_sha256: string | null;
	datum: string | null;
	created_at: Moment;
	created_by: string;
	undone_at: ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
	summary: ColumnType<unknown, string | undefined, string>;
}

export interface StopWorkOrderTable {
	id: string;
	site_id: string;
	visit_id: string | null;
	ordered_on: string;
	lifted_on: string | null;
	reason: string;
	source_id: string;
	source_row: number | null;
}

export interface TownTable {
	code: string;
	name: string;
	name_en: string | null;
	boundary: Geometry;
	seat: Geometry | null;
	valid_from: string;
	valid_to: string | null;
	source_id: string;
	source_row: number | null;
}

export interface VisitTable {
	id: string;
	site_id: string;
	visited_at: Moment;
	minutes: number | null;
	supervisors: string[];
	occasion: 'routine' | 'campaign' | 'holiday' | 'resumption' | 'lookBack' | 'night' | 'flood' | 'joint';
	result: 'passed' | 'rectify' | 'stopWork';
	source_id: string;
	source_row: number | null;
}

export interface Tables {
	alarm: AlarmTable;
	api_token: ApiTokenTable;
	audit: AuditTable;
	climbing_scaffold: ClimbingScaffoldTable;
	device: DeviceTable;
	device_binding: DeviceBindingTable;
	event_log: EventLogTable;
	expert: ExpertTable;
	firm: FirmTable;
	hazard: HazardTable;
	high_formwork: HighFormworkTable;
	import_draft: ImportDraftTable;
	import_mapping: ImportMappingTable;
	installation: InstallationTable;
	machine: MachineTable;
	management_grid: ManagementGridTable;
	monitor_point: MonitorPointTable;
	person: PersonTable;
	pit: PitTable;
	pit_side: PitSideTable;
	reading: ReadingTable;
	revision: RevisionTable;
	role_grant: RoleGrantTable;
	session: SessionTable;
	sign_in_link: SignInLinkTable;
	site: SiteTable;
	site_sign: SiteSignTable;
	source: SourceTable;
	stop_work_order: StopWorkOrderTable;
	town: TownTable;
	visit: VisitTable;
}
