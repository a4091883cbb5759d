// What happened: the event log, alarms, revisions.

import type { Generated, GeneratedAlways } from 'kysely';
import type { GeneratedJson, Int8, MaybeJson, MaybeMoment, Moment } from './columns.ts';

export interface EventLogTable {
	seq: Int8;
	at: Moment;
	type: string;
	subject_kind: string;
	subject_id: string;
	object_no: number | null;
	site_id: string | null;
	town_code: string | null;
	data: GeneratedJson;
}

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
	cleared_at: MaybeMoment;
	acknowledged_at: MaybeMoment;
	acknowledged_by: string | null;
}

export interface RevisionTable {
	seq: GeneratedAlways<string>;
	subject: string;
	subject_id: string;
	valid_from: Moment;
	recorded_at: Moment;
	recorded_by: string;
	source_id: string | null;
	before: MaybeJson;
	after: MaybeJson;
}
