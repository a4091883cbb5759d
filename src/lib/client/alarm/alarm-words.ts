// What alarms and incidents are called in a line, and what to do next.

import type { AlarmMessage } from '#lib/contract/events.ts';
import type { DeedKind } from '#lib/domain/alarm/life.ts';
import { calledLevel, speaks } from '../live/alarm-quiet.ts';
import { clockTime, stopwatch } from '../words/format.ts';
import { conditionAtLevel, conditionWord } from '../words/labels.ts';
import { m } from '../words/generated/messages.js';
import type { IncidentSummary } from './board-rows.ts';

const words = m as unknown as Record<string, (() => string) | undefined>;
const named = (prefix: string, name: string, otherwise: string): string => words[`${prefix}_${name}`]?.() ?? otherwise;

/** `1# 塔吊 力矩危险`; a parent's condition says all. */
export function alarmTitle(alarm: AlarmMessage): string {
	if (alarm.origin !== 'device' || alarm.condition === 'offline') return conditionWord(alarm.condition);
	return conditionAtLevel(alarm.condition, calledLevel(alarm));
}

/** `大风 17:20：143 台起重机超风限，涉及 4 个镇街` */
export function incidentTitle({ kind, condition, beganMs, sites, towns }: IncidentSummary, alarms: number): string {
	const time = clockTime(new Date(beganMs)).slice(0, 5);
	const what = { time, n: alarms, towns: towns.length, sites };
	switch (kind) {
		case 'gale':
			return m.incident_gale(what);
		case 'powerCut':
			return m.incident_powerCut(what);
		case 'gatewaysLost':
			return m.incident_gatewaysLost(what);
		case 'silence':
			return m.incident_silence(what);
		case 'burst':
			return m.incident_burst({ ...what, condition: conditionWord(condition) });
		case 'siteBurst':
			return m.incident_siteBurst({ ...what, condition: conditionWord(condition) });
	}
}

/** First step of the procedure for this condition. */
export function nextStep(alarm: AlarmMessage): string {
	if (alarm.clearedAt !== null) {
		if (alarm.handling === 'new') return m.alarm_next_overNew();
		if (alarm.handling === 'verified') return m.alarm_next_verified();
		// Who had it in hand does not verify their own work; where nobody had, whoever looks may.
		return alarm.assignee ? m.alarm_next_over() : m.alarm_next_overFree();
	}
	return named('alarm_next', alarm.condition, m.alarm_next_other());
}

/** What a camera says it has seen. */
export const eventWord = (event: string) => named('aiEvent', event, event);
export const handlingWord = (handling: AlarmMessage['handling']) => m[`handling_${handling}`]();
export const moveWord = (move: string) => named('move', move, move);
export const deedWord = (deed: DeedKind) => m[`deed_${deed}`]();
export const refusalWord = (reason: string) => named('refusal', reason.replaceAll('-', '_'), reason);

const MINUTE_MS = 60_000;

/** It holds, less gravely than it did: what it has been must not be lost from sight. */
export function easedFrom(alarm: AlarmMessage): AlarmMessage['level'] | null {
	return alarm.clearedAt === null && alarm.level !== alarm.worstLevel ? alarm.worstLevel : null;
}

/** It asks for somebody since later than it began: a shelf ran out, it came back worse, it was heard of late. */
export function asksLater(alarm: AlarmMessage): boolean {
	return speaks(alarm) && Date.parse(alarm.spokeAt) - Date.parse(alarm.raisedAt) >= MINUTE_MS;
}

/** Time since, as it stands beside an alarm that waits: minutes and seconds below an hour, then hours. */
export function waiting(ms: number): string {
	return stopwatch(ms / 1000);
}
