// Flood: the ladder, orders to sites and their answers, what stands on a site, exposure, ledger, duty checks.

import type { Generated } from 'kysely';
import type { GeneratedJson, Geometry, Json, MaybeMoment, Moment } from './columns.ts';

export interface FloodLadderLineTable {
	id: string;
	bureau: string;
	position: number;
	trigger: string;
	from_level: string;
	work: string;
	measure: string;
	every_hours: number | null;
	answer_minutes: number | null;
	note: Generated<string>;
	basis: string;
	source: string;
	confidence: 'verified' | 'reported' | 'assumed' | 'local';
	is_template: Generated<boolean>;
	is_on: Generated<boolean>;
	changed_at: MaybeMoment;
	changed_by: string | null;
}

export interface FloodNoticeTable {
	id: string;
	event_id: string;
	site_id: string;
	link_hash: string;
	link: string | null;
	reason: string;
	sent_at: Moment;
	answer_by: Moment;
	seen_at: MaybeMoment;
	stopped_at: MaybeMoment;
	checked_at: MaybeMoment;
	check_every_s: number | null;
	check_due_at: MaybeMoment;
	moved_at: MaybeMoment;
	moved_devices: Generated<string[]>;
	ended_at: MaybeMoment;
	/** Since when the gateway has the link of what is ordered now; null: it has not. */
	link_told_at: MaybeMoment;
}

export interface SiteMeasureTable {
	id: string;
	notice_id: string;
	line_id: string | null;
	work: string;
	measure: string;
	is_conditional: boolean;
	every_hours: number | null;
	note: string;
	basis: string;
	source: string;
	confidence: string;
	trigger: string;
	trigger_level: string;
	ordered_at: Moment;
	is_over: Generated<boolean>;
	ended_at: MaybeMoment;
}

export interface FloodPhotoTable {
	id: string;
	sha256: string;
	media_type: string;
	bytes: Buffer;
	taken_at: Moment;
	expired_at: MaybeMoment;
}

export interface FloodReceiptTable {
	id: string;
	notice_id: string;
	kind: 'seen' | 'stopped' | 'checked';
	at: Moment;
	by_name: string;
	note: Generated<string>;
	answers: GeneratedJson;
	photo_id: string | null;
}

export interface FloodResumeTable {
	id: string;
	notice_id: string;
	state: 'asked' | 'cleared' | 'refused';
	asked_at: Moment;
	asked_by: string;
	items: Json;
	decided_at: MaybeMoment;
	decided_by: string | null;
	reason: Generated<string>;
}

export interface FloodSiteTable {
	site_id: string;
	ground_m: number | null;
	low_ground_m: number | null;
	waterlogged_times: number | null;
	water_m: number | null;
	spoil_height_m: number | null;
	has_underground: boolean | null;
	temp_structures: number | null;
	gondolas: number | null;
	people: number | null;
	pump_m3h: number | null;
	river_station_id: string | null;
	source: string;
	changed_at: Moment;
	changed_by: string;
}

export interface FloodExposureTable {
	site_id: string;
	judged_at: Moment;
	rules: string;
	score: number;
	band: 'red' | 'orange' | 'yellow' | 'blue';
	hazard: number;
	exposure: number;
	vulnerability: number;
	uncertainty: number;
	factors: Json;
}

export interface FloodLedgerItemTable {
	id: string;
	site_id: string;
	kind: string;
	name: string;
	amount: number | null;
	unit: Generated<string>;
	person: string | null;
	phone: string | null;
	place: string | null;
	done_on: string | null;
	valid_until: string | null;
	changed_at: Moment;
	changed_by: string;
}

export interface DutyDrawTable {
	id: string;
	drawn_at: Moment;
	drawn_by: string;
	seed: string;
	seed_hash: string;
	pool: number;
}

export interface DutyCheckTable {
	id: string;
	draw_id: string;
	site_id: string;
	position: number;
	link_hash: string;
	link: string | null;
	asked_at: Moment;
	answer_by: Moment;
	answered_at: MaybeMoment;
	answered_name: string | null;
	location: Geometry | null;
	distance_m: number | null;
	photo_id: string | null;
	result: Generated<'open' | 'present' | 'away' | 'silent'>;
	note: Generated<string>;
}
