// Alarms: the row, its history, who has seen it, the incident it belongs to, devices out of service.

import type { Generated, GeneratedAlways } from 'kysely';
import type { GeneratedJson, MaybeMoment, Moment } from './columns.ts';

type Level = 'notice' | 'warning' | 'danger';

export interface AlarmTable {
	id: string;
	device_id: string;
	condition: string;
	origin: Generated<'device' | 'gateway' | 'site' | 'network'>;
	site_id: string | null;
	object_no: number | null;
	level: Level;
	worst_level: Generated<Level>;
	value: number | null;
	peak: number | null;
	limit_value: number;
	unit: string;
	rule_key: string;
	count: Generated<number>;
	flaps: Generated<number>;
	spoke_at: Moment;
	revision: Generated<number>;
	raised_at: Moment;
	last_at: Moment;
	cleared_at: MaybeMoment;
	handling: Generated<'new' | 'acknowledged' | 'assigned' | 'verified' | 'closed'>;
	acknowledged_at: MaybeMoment;
	acknowledged_by: string | null;
	acknowledged_by_id: string | null;
	acknowledged_level: Level | null;
	assignee_id: string | null;
	assignee_name: string | null;
	promised_at: MaybeMoment;
	verified_at: MaybeMoment;
	verified_by_id: string | null;
	verified_by: string | null;
	closed_at: MaybeMoment;
	closed_by: string | null;
	shelf_state: 'asked' | 'on' | null;
	shelf_by_id: string | null;
	shelf_by: string | null;
	shelf_second_id: string | null;
	shelf_second: string | null;
	shelf_reason: string | null;
	shelf_at: MaybeMoment;
	shelf_until: MaybeMoment;
	shelf_level: Level | null;
	suppressed_by: string | null;
	is_out_of_service: Generated<boolean>;
	incident_id: string | null;
}

export interface AlarmStepTable {
	seq: GeneratedAlways<string>;
	alarm_id: string;
	at: Moment;
	move: string;
	by_id: string | null;
	by_name: string | null;
	level: Level | null;
	note: string | null;
	detail: GeneratedJson;
}

export interface AlarmSeenTable {
	alarm_id: string;
	person_id: string;
	person_name: string;
	device: string;
	first_at: Moment;
	last_at: Moment;
}

export interface IncidentTable {
	id: string;
	kind: 'gale' | 'powerCut' | 'gatewaysLost' | 'silence' | 'burst' | 'siteBurst';
	condition: string;
	site_id: string | null;
	opened_at: Moment;
	last_at: Moment;
}

export interface DeviceOutOfServiceTable {
	id: string;
	device_id: string;
	reason: string;
	by_id: string;
	by_name: string;
	from_at: Moment;
	until: Moment;
	ended_at: MaybeMoment;
}
