// Flood: warning signals, emergency response, measures of sites, stations, exposure, ledger.

import type { Generated, GeneratedAlways } from 'kysely';
import type { GeneratedJson, Geometry, Int8, Json, MaybeJson, MaybeMoment, Moment } from './columns.ts';

export interface WeatherFeedTable {
	id: string;
	name: string;
	form: 'cap' | 'json' | 'usgs';
	url: string | null;
	every_s: Generated<number>;
	mapping: GeneratedJson;
	is_on: Generated<boolean>;
	asked_at: MaybeMoment;
	answered_at: MaybeMoment;
	fault: string | null;
	failed_at: MaybeMoment;
	failures: Generated<number>;
	etag: string | null;
	/** What the last answer brought: `{ taken, repeated, refused }`. */
	heard: MaybeJson;
	changed_at: MaybeMoment;
	changed_by: string | null;
}

export interface WeatherSignalTable {
	id: string;
	source: string;
	issuer: string;
	kind: string;
	colour: 'blue' | 'yellow' | 'orange' | 'red' | null;
	event: string;
	headline: string;
	body: Generated<string>;
	instruction: Generated<string>;
	state: 'active' | 'lifted' | 'expired' | 'empty';
	is_exercise: Generated<boolean>;
	area_text: Generated<string>;
	area: Geometry | null;
	area_codes: Generated<string[]>;
	is_whole: Generated<boolean>;
	issued_at: Moment;
	changed_at: MaybeMoment;
	lifted_at: MaybeMoment;
	expires_at: MaybeMoment;
	problems: GeneratedJson;
}

export interface WeatherSignalMessageTable {
	source: string;
	external_id: string;
	revision: Int8;
	signal_id: string;
	act: 'issue' | 'change' | 'lift';
	refs: Generated<string[]>;
	sent_at: Moment;
	received_at: Moment;
	channel: 'file' | 'push' | 'poll' | 'hand';
	received_by: string;
	body: Json;
}

export interface FloodEventTable {
	id: string;
	name: string;
	began_at: Moment;
	ended_at: MaybeMoment;
	lessons: Generated<string>;
}

export interface EmergencyResponseTable {
	id: string;
	event_id: string | null;
	issuer: string;
	level: 'IV' | 'III' | 'II' | 'I';
	area_codes: Generated<string[]>;
	note: Generated<string>;
	began_at: Moment;
	ended_at: MaybeMoment;
	declared_by: string;
	ended_by: string | null;
}

export interface FloodLogTable {
	id: GeneratedAlways<string>;
	event_id: string;
	at: Moment;
	kind: string;
	site_id: string | null;
	actor: string;
	facts: GeneratedJson;
}

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

export interface FloodStationTable {
	id: string;
	code: string;
	kind: 'rain' | 'river' | 'waterlogging';
	name: string;
	location: Geometry;
	town_code: string | null;
	height_datum: '1985' | 'wusong' | 'local' | null;
	offset_to_1985_m: number | null;
	warning_m: number | null;
	guaranteed_m: number | null;
	expected_interval_s: number;
	source_id: string;
	source_row: number | null;
}

export interface FloodStationReadingTable {
	station_id: string;
	observed_at: Moment;
	period_s: Generated<number>;
	value: number;
	received_at: Moment;
}

export interface RainGridTable {
	id: string;
	product: string;
	is_forecast: boolean;
	issued_at: Moment;
	valid_at: Moment;
	period_s: number;
	west: number;
	south: number;
	east: number;
	north: number;
	width: number;
	height: number;
	mm: Buffer;
	source_name: string;
}

export interface TerrainTable {
	id: string;
	name: string;
	height_datum: '1985' | 'wusong' | 'local';
	/** EPSG code the file was in; the grid itself lies in degrees of WGS 84. */
	crs: number;
	west: number;
	south: number;
	east: number;
	north: number;
	width: number;
	height: number;
	cell_m: number;
	known_share: number;
	lowest_m: number;
	highest_m: number;
	/** 32-bit floats from the north-west, row by row, gzip; NaN where nothing is known. */
	ground: Buffer;
	/** Of the file. */
	sha256: string;
	taken_at: Moment;
	taken_by: string;
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
