// Alarms over the wire: how one is told, and what a person may do to it.

import * as v from 'valibot';
import type { Handling, Who } from '../domain/alarm/life.ts';
import type { IncidentKind } from '../domain/alarm/incident.ts';
import type { AlarmLevel } from '../domain/alarm/condition.ts';

/** Whole state of one alarm; the higher revision wins. Fields are added, never taken away. */
export interface AlarmMessage {
	id: string;
	/** Of a device; `gateway:…`, `site:…` or `network` for what many devices hang on. */
	deviceId: string;
	/** What is wrong: `moment`, `wind`, `tilt`, `rate`, `cumulative`, `powerLost`, … */
	condition: string;
	origin: 'device' | 'gateway' | 'site' | 'network';
	level: AlarmLevel;
	worstLevel: AlarmLevel;
	objectNo: number | null;
	siteId: string | null;
	siteName: string | null;
	townCode: string | null;
	/** The machine or point as people call it: `1# 塔吊`, `CX-03`. */
	subjectName: string;
	/** [longitude, latitude], WGS 84; null when the site has no position. */
	at: [number, number] | null;
	value: number | null;
	peak: number | null;
	limit: number;
	unit: string;
	ruleKey: string;
	/** How often the value came back to the limit. */
	count: number;
	/** How often it was over and came back. */
	flaps: number;
	revision: number;
	raisedAt: string;
	lastAt: string;
	clearedAt: string | null;
	handling: Handling;
	/** When it last began to ask for a person. */
	spokeAt: string;
	acknowledgedAt: string | null;
	acknowledgedBy: string | null;
	acknowledgedById: string | null;
	acknowledgedLevel: AlarmLevel | null;
	assignee: Who | null;
	promisedAt: string | null;
	verifiedAt: string | null;
	verifiedBy: Who | null;
	closedAt: string | null;
	/** A name, or `system`. */
	closedBy: string | null;
	shelf: {
		/** `asked`: a second person has to agree first. */
		state: 'asked' | 'on';
		by: Who;
		second: Who | null;
		reason: string;
		at: string;
		until: string;
		level: AlarmLevel;
	} | null;
	/** The alarm of the gateway, site power or network that explains this one. */
	suppressedBy: string | null;
	isOutOfService: boolean;
	incidentId: string | null;
	incidentKind: IncidentKind | null;
}

export interface IncidentMessage {
	id: string;
	kind: IncidentKind;
	condition: string;
	siteId: string | null;
	openedAt: string;
	/** When it began; it may have grown since. */
	alarms: number;
}

/** One rung of the ladder was told. */
export interface EscalatedNote {
	alarmId: string;
	rung: number;
	role: string;
	/** Roles up to this one that nobody is on duty in; absent in what was told before it was said. */
	vacant?: readonly string[];
	/** Null: nobody is on duty for this rung. */
	personId: string | null;
	personName: string | null;
	isTest: boolean;
}

const Text = v.pipe(v.string(), v.trim(), v.maxLength(500, 'at most 500 characters'));
const Reason = v.pipe(Text, v.minLength(1, 'a reason is needed'));
const Moment = v.pipe(
	v.string(),
	v.check((text) => !Number.isNaN(Date.parse(text)), 'ISO 8601 with zone'),
);
/** At most as many as a storm raises. */
const Ids = v.pipe(v.array(v.pipe(v.string(), v.uuid())), v.minLength(1), v.maxLength(5000));

/** POST /api/v1/alarms/moves, and the socket's `alarm:move`. */
export const MoveRequest = v.variant('move', [
	v.object({ move: v.literal('acknowledge'), alarms: Ids, note: v.optional(Text) }),
	v.object({
		move: v.literal('assign'),
		alarms: Ids,
		to: v.string(),
		promisedAt: v.optional(v.nullable(Moment)),
		note: v.optional(Text),
	}),
	v.object({ move: v.literal('verify'), alarms: Ids, note: Reason }),
	v.object({ move: v.literal('close'), alarms: Ids, note: v.optional(Text) }),
	v.object({ move: v.literal('shelve'), alarms: Ids, note: Reason, until: v.optional(Moment) }),
	v.object({ move: v.literal('confirmShelf'), alarms: Ids, note: v.optional(Text) }),
	v.object({ move: v.literal('unshelve'), alarms: Ids, note: v.optional(Text) }),
	v.object({ move: v.literal('comment'), alarms: Ids, note: Reason }),
	v.object({ move: v.literal('undo'), alarms: Ids, note: v.optional(Text) }),
]);
export type MoveRequest = v.InferOutput<typeof MoveRequest>;

/** Which alarms were moved, and why others were not. */
export type MoveAnswer =
	| { ok: true; moved: string[]; refused: { id: string; reason: string; message: string }[] }
	| { ok: false; reason: string };

/** POST /api/v1/devices/[id]/service. `until` null: back into service. */
export const ServiceRequest = v.object({ until: v.nullable(Moment), reason: Reason });
export type ServiceRequest = v.InferOutput<typeof ServiceRequest>;
