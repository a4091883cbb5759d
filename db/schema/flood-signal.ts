// Flood: feeds, warning signals, response levels, events and what was logged of them.

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
	/** Seconds in which cranes stop after an order; null: the rule holds. */
	stop_within_s: number | null;
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
