// Who goes where, what was done and seen on the way, draws by lot, travel that was asked for.

import type { Generated } from 'kysely';
import type { GeneratedJson, Geometry, Json, MaybeJson, MaybeMoment, Moment } from './columns.ts';

export interface OfficerTable {
	id: string;
	name: string;
	login: string | null;
	certificate_no: string | null;
	certificate_until: string | null;
	skills: Generated<string[]>;
	is_active: Generated<boolean>;
	source_id: string;
	source_row: number | null;
}

export interface OfficerAvoidanceTable {
	officer_id: string;
	firm_id: string;
	reason: string;
}

export interface PatrolBaseTable {
	id: string;
	name: string;
	location: Geometry;
	is_default: Generated<boolean>;
	source_id: string;
	source_row: number | null;
}

export interface VehicleTable {
	id: string;
	plate: string;
	seats: number;
	is_active: Generated<boolean>;
	source_id: string;
	source_row: number | null;
}

export interface PatrolDrawTable {
	id: string;
	no: Generated<number>;
	plan_on: string;
	purpose: string;
	seed: string;
	commitment: string;
	pool: Json;
	outcome: MaybeJson;
	committed_at: Moment;
	committed_by: string;
	drawn_at: MaybeMoment;
	revealed_at: MaybeMoment;
}

export interface PatrolPlanTable {
	id: string;
	plan_on: string;
	name: string;
	template:
		| 'daily'
		| 'preHoliday'
		| 'holidayDuty'
		| 'resumption'
		| 'night'
		| 'examDays'
		| 'keyPeriod'
		| 'campaign'
		| 'thirdParty'
		| 'flood'
		| 'unannounced'
		| 'month';
	state: 'draft' | 'issued' | 'closed';
	is_sealed: Generated<boolean>;
	draw_id: string | null;
	round_id: string | null;
	source_id: string | null;
	problem: Json;
	teams: Json;
	visits: Json;
	drafts: GeneratedJson;
	locked: Generated<string[]>;
	travel: 'estimate' | 'osrm';
	seed: Generated<number>;
	revision: Generated<number>;
	created_at: Moment;
	created_by: string;
	issued_at: MaybeMoment;
	issued_by: string | null;
	closed_at: MaybeMoment;
}

export interface PatrolTeamTable {
	plan_id: string;
	team: string;
	officer_ids: string[];
	departed_at: MaybeMoment;
	returned_at: MaybeMoment;
	minutes: MaybeJson;
	change: MaybeJson;
}

export interface PatrolCompanionTable {
	plan_id: string;
	visit_key: string;
	team: string;
	need: 'deepPit' | 'lifting' | 'formwork' | 'scaffold';
	kind: 'expert' | 'agency';
	expert_id: string | null;
	firm_id: string | null;
	discipline: string | null;
	load: number;
}

export interface PatrolStopTable {
	id: string;
	plan_id: string;
	team: string;
	place: number;
	visit_key: string;
	site_id: string;
	arrive_min: number;
	start_min: number;
	leave_min: number;
	is_emergency: Generated<boolean>;
	state: 'planned' | 'arrived' | 'done' | 'skipped' | 'dropped';
	skip_reason: string | null;
	arrived_at: MaybeMoment;
	left_at: MaybeMoment;
	arrival: MaybeJson;
	departure: MaybeJson;
	checklist: GeneratedJson;
	confirmed_by: string | null;
	confirmed_at: MaybeMoment;
	visit_id: string | null;
}

export interface StopHazardTable {
	stop_id: string;
	hazard_id: string;
}

export interface EvidenceTable {
	id: string;
	stop_id: string | null;
	hazard_id: string | null;
	mime: 'image/jpeg' | 'image/png' | 'image/webp';
	sha256: string;
	content: Buffer;
	taken_at: Moment;
	location: Geometry | null;
	accuracy_m: number | null;
	received_at: Moment;
	received_from: string;
	expired_at: MaybeMoment;
}

export interface FoundSiteTable {
	id: string;
	kind: 'smallWorks' | 'unlicensed' | 'other';
	note: Generated<string>;
	location: Geometry;
	accuracy_m: number | null;
	evidence_id: string | null;
	near_site_id: string | null;
	found_at: Moment;
	found_by: string;
	handled_at: MaybeMoment;
}

export interface FieldItemTable {
	id: string;
	kind: string;
	officer_id: string;
	recorded_at: Moment;
	received_at: Moment;
	outcome: Json;
}

export interface TravelLegTable {
	from_key: string;
	to_key: string;
	provider: string;
	minutes: number;
	km: number;
	straight_km: number;
	fetched_at: Moment;
}
