// The tables as Kysely sees them, gathered from db/schema by subject. A test compares them with the database's own
// description (information_schema).

import type {
	ApiTokenTable,
	AuditTable,
	PersonTable,
	RoleGrantTable,
	SessionTable,
	SignInLinkTable,
} from './schema/access.ts';
import type { ManagementGridTable, SourceTable, TownTable } from './schema/area.ts';
import type { DeviceBindingTable, DeviceTable, ReadingTable } from './schema/device.ts';
import type { AlarmTable, EventLogTable, RevisionTable } from './schema/event.ts';
import type {
	ImportDraftPartTable,
	ImportDraftRowTable,
	ImportDraftTable,
	ImportMappingTable,
} from './schema/import.ts';
import type { InstallationTable, MachineTable } from './schema/machine.ts';
import type { MonitorPointTable, PitSideTable, PitTable } from './schema/pit.ts';
import type { ClimbingScaffoldTable, FirmTable, HighFormworkTable, SiteSignTable, SiteTable } from './schema/site.ts';
import type { ExpertTable, HazardTable, StopWorkOrderTable, VisitTable } from './schema/supervision.ts';

export type * from './schema/access.ts';
export type * from './schema/area.ts';
export type * from './schema/device.ts';
export type * from './schema/event.ts';
export type * from './schema/import.ts';
export type * from './schema/machine.ts';
export type * from './schema/pit.ts';
export type * from './schema/site.ts';
export type * from './schema/supervision.ts';
export type { Geometry, Int8, Json, Moment } from './schema/columns.ts';

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
	import_draft_part: ImportDraftPartTable;
	import_draft_row: ImportDraftRowTable;
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
