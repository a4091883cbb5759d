// The rows of the demonstration district: the tables' own columns, with GeoJSON where the database keeps a geometry.

import type { LineString, MultiPolygon, Point } from 'geojson';
import type { Insertable } from 'kysely';
import type { Tables } from '../schema.ts';

/** A row to insert; `G` names its geometry columns. One left out does not compile, for nothing else can fill it. */
type Row<T, G extends object = object> = Omit<Insertable<T>, keyof G> & G;

export type SourceRow = Row<Tables['source'], { summary: Record<string, unknown> }>;
export type TownRow = Row<Tables['town'], { boundary: MultiPolygon; seat: Point | null }>;
export type GridRow = Row<Tables['management_grid'], { boundary: MultiPolygon }>;
export type FirmRow = Row<Tables['firm']>;
export type SiteRow = Row<
	Tables['site'],
	{ boundary: MultiPolygon; location: Point; attributes: Record<string, unknown> }
>;
export type SignRow = Row<Tables['site_sign']>;
export type MachineRow = Row<Tables['machine'], { attributes: Record<string, unknown> }>;
export type InstallationRow = Row<Tables['installation'], { location: Point }>;
export type PitRow = Row<Tables['pit'], { boundary: MultiPolygon }>;
export type PitSideRow = Row<Tables['pit_side'], { line: LineString }>;
export type MonitorPointRow = Row<Tables['monitor_point'], { location: Point }>;
export type HighFormworkRow = Row<Tables['high_formwork'], { location: Point }>;
export type ClimbingScaffoldRow = Row<Tables['climbing_scaffold'], { location: Point }>;
export type DeviceRow = Row<Tables['device']>;
export type BindingRow = Row<Tables['device_binding'], { bound_from: string; bound_to: string | null }>;
export type VisitRow = Row<Tables['visit'], { visited_at: string }>;
export type HazardRow = Row<
	Tables['hazard'],
	{
		found_at: string;
		rectified_at: string | null;
		accepted_at: string | null;
		closed_at: string | null;
		criterion: { edition: string; article: number; item: number } | null;
		is_major: boolean;
	}
>;
export type StopWorkOrderRow = Row<Tables['stop_work_order']>;
export type ExpertRow = Row<Tables['expert']>;
export type OfficerRow = Row<Tables['officer']>;
export type AvoidanceRow = Row<Tables['officer_avoidance']>;
export type BaseRow = Row<Tables['patrol_base'], { location: Point }>;
export type VehicleRow = Row<Tables['vehicle']>;
export type RoundRow = Row<Tables['coverage_round']>;
export type KeyPeriodRow = Row<Tables['key_period']>;
export type SelfAssessmentRow = Row<Tables['self_assessment']>;
export type VisitMachineRow = Row<Tables['visit_machine']>;

/** Every row by table, in an order that respects references. */
export interface DemoDistrict {
	source: SourceRow[];
	town: TownRow[];
	management_grid: GridRow[];
	firm: FirmRow[];
	site: SiteRow[];
	site_sign: SignRow[];
	machine: MachineRow[];
	installation: InstallationRow[];
	pit: PitRow[];
	pit_side: PitSideRow[];
	monitor_point: MonitorPointRow[];
	high_formwork: HighFormworkRow[];
	climbing_scaffold: ClimbingScaffoldRow[];
	device: DeviceRow[];
	device_binding: BindingRow[];
	visit: VisitRow[];
	hazard: HazardRow[];
	stop_work_order: StopWorkOrderRow[];
	expert: ExpertRow[];
	officer: OfficerRow[];
	officer_avoidance: AvoidanceRow[];
	patrol_base: BaseRow[];
	vehicle: VehicleRow[];
	coverage_round: RoundRow[];
	key_period: KeyPeriodRow[];
	self_assessment: SelfAssessmentRow[];
	visit_machine: VisitMachineRow[];
}
