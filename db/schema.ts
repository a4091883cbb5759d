// The tables as Kysely sees them, gathered from db/schema by subject. A test compares them with the database's own
// description (information_schema).

import type {
	ApiTokenTable,
	AuditTable,
	PasskeyTable,
	PersonIdentityTable,
	PersonTable,
	RecoveryCodeTable,
	RoleGrantTable,
	SessionTable,
	SignInAttemptTable,
	SignInLinkTable,
	TotpTable,
	WallTable,
} from './schema/access.ts';
import type {
	AlarmSeenTable,
	AlarmStepTable,
	AlarmTable,
	DeviceOutOfServiceTable,
	IncidentTable,
} from './schema/alarm.ts';
import type { BackupTable } from './schema/backup.ts';
import type { ManagementGridTable, SourceTable, TownTable } from './schema/area.ts';
import type { CoverageRoundTable, KeyPeriodTable, SelfAssessmentTable, VisitMachineTable } from './schema/coverage.ts';
import type { DeviceBindingTable, DeviceTable, ReadingTable, ReadingSpanTable } from './schema/device.ts';
import type {
	DutyShiftTable,
	EscalationTable,
	HandoverTable,
	JobLeaseTable,
	NoticeTable,
	PushSubscriptionTable,
	ServerKeyTable,
} from './schema/duty.ts';
import type { EventLogTable, RevisionTable } from './schema/event.ts';
import type {
	DutyCheckTable,
	DutyDrawTable,
	FloodExposureTable,
	FloodLadderLineTable,
	FloodLedgerItemTable,
	FloodNoticeTable,
	FloodPhotoTable,
	FloodReceiptTable,
	FloodResumeTable,
	FloodSiteTable,
	SiteMeasureTable,
} from './schema/flood.ts';
import type {
	EmergencyResponseTable,
	FloodEventTable,
	FloodLogTable,
	WeatherFeedTable,
	WeatherSignalMessageTable,
	WeatherSignalTable,
} from './schema/flood-signal.ts';
import type { FloodStationReadingTable, FloodStationTable, RainGridTable, TerrainTable } from './schema/flood-water.ts';
import type {
	ImportDraftPartTable,
	ImportDraftRowTable,
	ImportDraftTable,
	ImportMappingTable,
} from './schema/import.ts';
import type { InstallationTable, MachineTable } from './schema/machine.ts';
import type {
	MonitorPointTable,
	PitButtonTable,
	PitDangerTable,
	PitSideTable,
	PitTable,
	PitWalkTable,
} from './schema/pit.ts';
import type { AppProcessTable, LeaseTable, ReadingBatchTable } from './schema/process.ts';
import type { RuleBacktestTable, RuleChangeTable } from './schema/rule.ts';
import type {
	EvidenceTable,
	FieldItemTable,
	FoundSiteTable,
	OfficerAvoidanceTable,
	OfficerTable,
	PatrolBaseTable,
	PatrolCompanionTable,
	PatrolDrawTable,
	PatrolPlanTable,
	PatrolStopTable,
	PatrolTeamTable,
	StopHazardTable,
	TravelLegTable,
	VehicleTable,
} from './schema/patrol.ts';
import type { ClimbingScaffoldTable, FirmTable, HighFormworkTable, SiteSignTable, SiteTable } from './schema/site.ts';
import type {
	DeadLetterTable,
	DeviceBaselineTable,
	DeviceHabitTable,
	DeviceMappingTable,
	StillTable,
	StorageDayTable,
} from './schema/ways-in.ts';
import type {
	CompanionQuotaTable,
	ExpertAvoidanceTable,
	ExpertTable,
	HazardTable,
	StopWorkOrderTable,
	VisitTable,
} from './schema/supervision.ts';

export type * from './schema/access.ts';
export type * from './schema/alarm.ts';
export type * from './schema/area.ts';
export type * from './schema/backup.ts';
export type * from './schema/coverage.ts';
export type * from './schema/device.ts';
export type * from './schema/duty.ts';
export type * from './schema/event.ts';
export type * from './schema/flood.ts';
export type * from './schema/flood-signal.ts';
export type * from './schema/flood-water.ts';
export type * from './schema/import.ts';
export type * from './schema/machine.ts';
export type * from './schema/patrol.ts';
export type * from './schema/pit.ts';
export type * from './schema/process.ts';
export type * from './schema/rule.ts';
export type * from './schema/site.ts';
export type * from './schema/supervision.ts';
export type * from './schema/ways-in.ts';
export type { Geometry, Int8, Json, Moment } from './schema/columns.ts';

export interface Tables {
	alarm: AlarmTable;
	alarm_seen: AlarmSeenTable;
	alarm_step: AlarmStepTable;
	api_token: ApiTokenTable;
	app_process: AppProcessTable;
	audit: AuditTable;
	backup: BackupTable;
	climbing_scaffold: ClimbingScaffoldTable;
	dead_letter: DeadLetterTable;
	coverage_round: CoverageRoundTable;
	device: DeviceTable;
	device_baseline: DeviceBaselineTable;
	device_binding: DeviceBindingTable;
	device_habit: DeviceHabitTable;
	device_mapping: DeviceMappingTable;
	device_out_of_service: DeviceOutOfServiceTable;
	duty_shift: DutyShiftTable;
	escalation: EscalationTable;
	duty_check: DutyCheckTable;
	duty_draw: DutyDrawTable;
	emergency_response: EmergencyResponseTable;
	event_log: EventLogTable;
	evidence: EvidenceTable;
	expert: ExpertTable;
	expert_avoidance: ExpertAvoidanceTable;
	companion_quota: CompanionQuotaTable;
	field_item: FieldItemTable;
	firm: FirmTable;
	found_site: FoundSiteTable;
	handover: HandoverTable;
	flood_event: FloodEventTable;
	flood_exposure: FloodExposureTable;
	flood_ladder_line: FloodLadderLineTable;
	flood_ledger_item: FloodLedgerItemTable;
	flood_log: FloodLogTable;
	flood_notice: FloodNoticeTable;
	flood_photo: FloodPhotoTable;
	flood_receipt: FloodReceiptTable;
	flood_resume: FloodResumeTable;
	flood_site: FloodSiteTable;
	flood_station: FloodStationTable;
	flood_station_reading: FloodStationReadingTable;
	hazard: HazardTable;
	high_formwork: HighFormworkTable;
	import_draft: ImportDraftTable;
	import_draft_part: ImportDraftPartTable;
	import_draft_row: ImportDraftRowTable;
	import_mapping: ImportMappingTable;
	incident: IncidentTable;
	installation: InstallationTable;
	key_period: KeyPeriodTable;
	job_lease: JobLeaseTable;
	lease: LeaseTable;
	machine: MachineTable;
	management_grid: ManagementGridTable;
	monitor_point: MonitorPointTable;
	notice: NoticeTable;
	passkey: PasskeyTable;
	officer: OfficerTable;
	officer_avoidance: OfficerAvoidanceTable;
	patrol_base: PatrolBaseTable;
	patrol_companion: PatrolCompanionTable;
	patrol_draw: PatrolDrawTable;
	patrol_plan: PatrolPlanTable;
	patrol_stop: PatrolStopTable;
	patrol_team: PatrolTeamTable;
	person: PersonTable;
	person_identity: PersonIdentityTable;
	pit: PitTable;
	pit_button: PitButtonTable;
	pit_danger: PitDangerTable;
	pit_side: PitSideTable;
	pit_walk: PitWalkTable;
	push_subscription: PushSubscriptionTable;
	rain_grid: RainGridTable;
	terrain: TerrainTable;
	reading: ReadingTable;
	reading_batch: ReadingBatchTable;
	reading_hour: ReadingSpanTable;
	reading_minute: ReadingSpanTable;
	recovery_code: RecoveryCodeTable;
	revision: RevisionTable;
	role_grant: RoleGrantTable;
	rule_backtest: RuleBacktestTable;
	rule_change: RuleChangeTable;
	self_assessment: SelfAssessmentTable;
	server_key: ServerKeyTable;
	session: SessionTable;
	sign_in_attempt: SignInAttemptTable;
	sign_in_link: SignInLinkTable;
	site: SiteTable;
	site_measure: SiteMeasureTable;
	site_sign: SiteSignTable;
	source: SourceTable;
	still: StillTable;
	stop_hazard: StopHazardTable;
	stop_work_order: StopWorkOrderTable;
	storage_day: StorageDayTable;
	totp: TotpTable;
	town: TownTable;
	travel_leg: TravelLegTable;
	vehicle: VehicleTable;
	visit: VisitTable;
	wall: WallTable;
	visit_machine: VisitMachineTable;
	weather_feed: WeatherFeedTable;
	weather_signal: WeatherSignalTable;
	weather_signal_message: WeatherSignalMessageTable;
}
