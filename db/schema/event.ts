// What happened: the event log, revisions. Alarms have a file of their own.

import type { GeneratedAlways } from 'kysely';
import type { GeneratedJson, Int8, MaybeJson, Moment } from './columns.ts';

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
