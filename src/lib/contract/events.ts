// What server and browser say to each other over the socket. Both sides import this file; nothing else may name an event.

import type { MoveAnswer, MoveRequest } from './alarm.ts';

/** Types of the event log: subject:happened. */
export const EVENT_TYPES = [
	'object:level', // data: { from, to, cause } — the state of an object changed
	'alarm:raised', // data: AlarmMessage — began, or came back
	'alarm:changed', // data: AlarmMessage
	'alarm:cleared', // data: AlarmMessage
	'alarm:escalated', // data: EscalatedNote — somebody of the roster was told
	'incident:opened', // data: IncidentMessage — many alarms of one cause
	'device:service', // data: { deviceId, until } — out of service until then; null: back
	'hotwork:changed', // data: HotWorkPin — a welding machine began, fell silent, moved or ended
	'duty:changed', // data: {} — the roster
	'handover:signed', // data: { id } — a shift was signed over, or taken
	'handover:refused', // data: { id, from, by, reason } — who came did not take it
	'register:changed', // data: { subject, change: 'added'|'changed'|'closed' }
	'rule:changed', // data: { changeId, ruleKey, how: 'activated'|'ended' }
	'pit:danger', // data: { pitId, dangerId, sign, how: 'reported'|'ended' }
	'import:committed', // data: { sourceId, added, changed, closed }
	'import:undone', // data: { sourceId }
	'coverage:changed', // data: { roundId } — rounds, campaigns or key periods
	'patrol:changed', // data: { planId, change } — never says which site a sealed plan goes to
	'visit:made', // data: { visitId, result, findings }
	'hazard:found', // data: { hazardId, isMajor, category }
	'grid:changed', // data: { gridIds }
	'flood:signal', // data: { state, kind, colour, act } — a warning signal was issued, changed or lifted
	'flood:response', // data: { level, state: 'begun'|'ended' }
	'flood:notice', // data: { sites, ended } — orders to sites were written or ended
	'flood:receipt', // data: { noticeId, kind, step }
	'flood:movement', // data: { noticeId, deviceId, movement } — a crane works although it was told to stop
	'flood:water', // data: { stations, grids } — new readings of rain and water
	'flood:exposure', // data: { sites } — exposure was worked out again
	'flood:ladder', // data: { lineId, change }
	'flood:ledger', // data: { what }
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export interface EventMessage {
	/** Place in the log; grows by one, without gaps. */
	seq: number;
	/** ISO 8601 UTC. */
	at: string;
	type: EventType;
	subject: { kind: string; id: string; no?: number; siteId?: string; townCode?: string };
	data: Record<string, unknown>;
}

export type { AlarmMessage, EscalatedNote, IncidentMessage, MoveAnswer, MoveRequest } from './alarm.ts';

/** How the server itself is doing, for the line that says how fresh the page is. */
export interface Pulse {
	/** Server time, ISO. */
	at: string;
	/** Last sequence of the event log; a browser that holds less is behind. */
	cursor: number;
	/** Readings accepted in the last 10 s, per second. */
	readingsPerS: number;
	/** Devices by presence. */
	devices: { fresh: number; late: number; offline: number; neverReported: number };
	tier: 'embedded' | 'server';
	/** Whether what was acknowledged survives a power cut; on a server that is the server's business. */
	durability: 'fsync' | 'relaxed' | 'server';
	/** `warn`: filling up. `stop`: nothing more is stored. */
	disk: 'ok' | 'warn' | 'stop';
	/** False when the database cannot be reached: the picture stands still and must say so. */
	databaseUp: boolean;
	/** The database that heavy questions go to; `behind` and `away`: the primary answers them meanwhile. */
	replica: 'none' | 'follows' | 'behind' | 'away';
	/** Seconds the replica is behind; null where there is none or nobody knows. */
	replicaLagS: number | null;
}

export interface ServerToClient {
	/** Events after the browser's cursor, in order; replayed after a reconnect. */
	events: (events: EventMessage[]) => void;
	/** The whole picture (columnar bytes, see domain/picture) when the cursor is too old or there was none. */
	picture: (bytes: ArrayBuffer) => void;
	/** Changed rows of moving state (columnar bytes); may be dropped, the next one carries on. */
	state: (bytes: ArrayBuffer) => void;
	pulse: (pulse: Pulse) => void;
	/** The session ended or was revoked; the page shows it and asks to sign in. */
	'session:ended': (reason: string) => void;
}

export interface ClientToServer {
	/** Asks for events after a cursor, when a gap was seen. */
	'events:replay': (after: number) => void;
	/** Asks for a whole picture again. */
	'picture:ask': () => void;
	'alarm:acknowledge': (alarmId: string, reply: (result: { ok: true } | { ok: false; reason: string }) => void) => void;
	/** Any move of a person, on one alarm or many. */
	'alarm:move': (request: MoveRequest, reply: (answer: MoveAnswer) => void) => void;
	/** These alarms are before the eyes of whoever is signed in here. */
	'alarm:seen': (alarmIds: string[]) => void;
}

/** Sent with the handshake. `cursor` undefined asks for a picture. */
export interface SocketAuth {
	cursor?: number;
}
