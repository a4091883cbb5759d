// An alarm as the program holds it: what was measured, and its life. Turns it into what browsers are told.

import type { AlarmMessage } from '#lib/contract/events.ts';
import type { AlarmLevel } from '#lib/domain/alarm/condition.ts';
import type { IncidentKind } from '#lib/domain/alarm/incident.ts';
import { speaks, type Life } from '#lib/domain/alarm/life.ts';
import type { NewEvent } from '../events/log.ts';

export type AlarmOrigin = 'device' | 'gateway' | 'site' | 'network';

/** What the engine knows: found by measuring. */
export interface AlarmMeasured {
	id: string;
	/** Of a device; `gateway:…`, `site:…` or `network` for what many devices hang on. */
	deviceId: string;
	condition: string;
	origin: AlarmOrigin;
	siteId: string | null;
	objectNo: number | null;
	level: AlarmLevel;
	value: number | null;
	peak: number | null;
	limit: number;
	unit: string;
	ruleKey: string;
	count: number;
	revision: number;
	raisedAt: Date;
	lastAt: Date;
	clearedAt: Date | null;
}

export interface AlarmRow extends AlarmMeasured {
	life: Life;
	/** When it last began to ask for a person. */
	spokeAt: Date;
	acknowledgedAt: Date | null;
	verifiedAt: Date | null;
	closedAt: Date | null;
	closedBy: string | null;
	incidentId: string | null;
	incidentKind: IncidentKind | null;
}

/** What an alarm is about, as people call it and where it stands. */
export type Subject = Pick<AlarmMessage, 'subjectName' | 'siteName' | 'at' | 'townCode'>;
export type Describe = (deviceId: string, objectNo: number | null) => Subject;

/** Sets the life of a row with the moments that go with it. */
export function withLife(row: AlarmRow, life: Life, at: Date, by: string): AlarmRow {
	const isClosed = life.handling === 'closed';
	const wasAcknowledged = row.life.acknowledgedBy !== null && row.acknowledgedAt;
	return {
		...row,
		life,
		level: life.level,
		spokeAt: speaks(life) && !speaks(row.life) ? at : row.spokeAt,
		acknowledgedAt: life.acknowledgedBy === null ? null : wasAcknowledged ? row.acknowledgedAt : at,
		verifiedAt: life.verifiedBy === null ? null : (row.verifiedAt ?? at),
		closedAt: isClosed ? (row.closedAt ?? at) : null,
		closedBy: isClosed ? (row.closedBy ?? by) : null,
	};
}

export function alarmMessage(row: AlarmRow, subject: Subject): AlarmMessage {
	const { life } = row;
	const { shelf } = life;
	return {
		id: row.id,
		deviceId: row.deviceId,
		condition: row.condition,
		origin: row.origin,
		level: row.level,
		worstLevel: life.worst,
		objectNo: row.objectNo,
		siteId: row.siteId,
		...subject,
		value: row.value,
		peak: row.peak,
		limit: row.limit,
		unit: row.unit,
		ruleKey: row.ruleKey,
		count: row.count,
		flaps: life.flaps,
		revision: row.revision,
		raisedAt: row.raisedAt.toISOString(),
		lastAt: row.lastAt.toISOString(),
		clearedAt: row.clearedAt?.toISOString() ?? null,
		handling: life.handling,
		spokeAt: row.spokeAt.toISOString(),
		acknowledgedLevel: life.acknowledgedLevel,
		acknowledgedById: life.acknowledgedBy?.id ?? null,
		acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
		acknowledgedBy: life.acknowledgedBy?.name ?? null,
		assignee: life.assignee,
		promisedAt: life.promisedMs === null ? null : new Date(life.promisedMs).toISOString(),
		verifiedAt: row.verifiedAt?.toISOString() ?? null,
		verifiedBy: life.verifiedBy,
		closedAt: row.closedAt?.toISOString() ?? null,
		closedBy: row.closedBy,
		shelf: shelf && {
			state: shelf.state,
			by: shelf.by,
			second: shelf.second,
			reason: shelf.reason,
			at: new Date(shelf.atMs).toISOString(),
			until: new Date(shelf.untilMs).toISOString(),
			level: shelf.level,
		},
		suppressedBy: life.suppressedBy,
		isOutOfService: life.isOutOfService,
		incidentId: row.incidentId,
		incidentKind: row.incidentKind,
	};
}

/** The opposite: the engine learns from the log what became of an alarm. */
export function rowOfMessage(message: AlarmMessage): AlarmRow {
	const date = (text: string | null) => (text === null ? null : new Date(text));
	const { shelf, acknowledgedById, acknowledgedBy } = message;
	return {
		id: message.id,
		deviceId: message.deviceId,
		condition: message.condition,
		origin: message.origin,
		siteId: message.siteId,
		objectNo: message.objectNo,
		level: message.level,
		value: message.value,
		peak: message.peak,
		limit: message.limit,
		unit: message.unit,
		ruleKey: message.ruleKey,
		count: message.count,
		revision: message.revision,
		raisedAt: new Date(message.raisedAt),
		lastAt: new Date(message.lastAt),
		clearedAt: date(message.clearedAt),
		spokeAt: new Date(message.spokeAt),
		acknowledgedAt: date(message.acknowledgedAt),
		verifiedAt: date(message.verifiedAt),
		closedAt: date(message.closedAt),
		closedBy: message.closedBy,
		incidentId: message.incidentId,
		incidentKind: message.incidentKind,
		life: {
			isActive: message.clearedAt === null,
			handling: message.handling,
			level: message.level,
			worst: message.worstLevel,
			flaps: message.flaps,
			acknowledgedLevel: message.acknowledgedLevel,
			acknowledgedBy: acknowledgedById === null ? null : { id: acknowledgedById, name: acknowledgedBy ?? '' },
			assignee: message.assignee,
			promisedMs: date(message.promisedAt)?.getTime() ?? null,
			verifiedBy: message.verifiedBy,
			shelf: shelf && {
				state: shelf.state,
				by: shelf.by,
				second: shelf.second,
				reason: shelf.reason,
				atMs: Date.parse(shelf.at),
				untilMs: Date.parse(shelf.until),
				level: shelf.level,
			},
			suppressedBy: message.suppressedBy,
			isOutOfService: message.isOutOfService,
		},
	};
}

export function alarmEvent(type: NewEvent['type'], row: AlarmRow, subject: Subject, at: Date): NewEvent {
	const about: NewEvent['subject'] = { kind: 'alarm', id: row.id };
	if (row.objectNo !== null) about.no = row.objectNo;
	if (row.siteId !== null) about.siteId = row.siteId;
	if (subject.townCode !== null) about.townCode = subject.townCode;
	return { at, type, subject: about, data: { ...alarmMessage(row, subject) } };
}
