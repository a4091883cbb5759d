// The rows of the alarm board: incidents and single alarms, what asks for a person first. A storm of a thousand alarms
// of one cause is one row. Pure.

import type { AlarmMessage } from '#lib/contract/events.ts';
import type { IncidentKind } from '#lib/domain/alarm/incident.ts';
import { calledLevel, isQuiet, speaks } from '../live/alarm-quiet.ts';
import { gravity } from '../panels/rows.ts';
import type { BoardFilter } from './board-filter.ts';

/** One line: an alarm, or an incident with what the reader may see of it. */
export interface BoardRow {
	/** Of the alarm or of the incident. */
	id: string;
	alarms: readonly AlarmMessage[];
	/** Null for a single alarm. */
	incident: IncidentSummary | null;
	/** Gravest of those that ask for somebody; of all when none does. */
	level: AlarmMessage['level'];
	/** How many ask for somebody. */
	speaking: number;
	/** How many hold. */
	active: number;
	/** ms: since when the oldest of them asks, or when the oldest began. */
	sinceMs: number;
}

export interface IncidentSummary {
	kind: IncidentKind;
	condition: string;
	beganMs: number;
	sites: number;
	/** Alarms by town code, most first. */
	towns: { code: string | null; alarms: number }[];
}

/** `now`: asks for somebody. `taken`: somebody has taken notice. `over`: the condition is over, people are not done. */
export type Section = 'now' | 'taken' | 'over';
export const SECTIONS: readonly Section[] = ['now', 'taken', 'over'];

export function sectionOf({ speaking, active }: Pick<BoardRow, 'speaking' | 'active'>): Section {
	if (speaking > 0 && active > 0) return 'now';
	return active > 0 ? 'taken' : 'over';
}

/** Rows in order: section by section, the gravest and oldest first. Quiet alarms stand on the shelf list instead. */
export function boardRows(alarms: Iterable<AlarmMessage>, filter: BoardFilter): BoardRow[] {
	const groups = new Map<string, AlarmMessage[]>();
	for (const alarm of alarms) {
		if (isQuiet(alarm) || !fits(alarm, filter)) continue;
		// Over, below danger and in nobody's hands: it closes by itself, there is nothing to do.
		if (alarm.clearedAt !== null && alarm.worstLevel !== 'danger' && alarm.assignee === null) continue;
		const key = alarm.incidentId ?? alarm.id;
		const group = groups.get(key);
		if (group) group.push(alarm);
		else groups.set(key, [alarm]);
	}
	return [...groups]
		.map(([id, members]) => rowOf(id, members))
		.sort(
			(a, b) =>
				SECTIONS.indexOf(sectionOf(a)) - SECTIONS.indexOf(sectionOf(b)) ||
				gravity(b.level) - gravity(a.level) ||
				a.sinceMs - b.sinceMs,
		);
}

/** How many ask for somebody: of the whole board, and among the rows a filter shows. */
export function countAsking(alarms: Iterable<AlarmMessage>, shown: readonly BoardRow[]): { n: number; of: number } {
	return {
		n: shown.reduce((sum, { speaking }) => sum + speaking, 0),
		of: [...alarms].filter(speaks).length,
	};
}

function rowOf(id: string, alarms: readonly AlarmMessage[]): BoardRow {
	const asking = alarms.filter(speaks);
	const counted = asking.length > 0 ? asking : alarms;
	const level = counted.reduce(
		(worst, one) => (gravity(calledLevel(one)) > gravity(worst) ? calledLevel(one) : worst),
		calledLevel(counted[0]!),
	);
	const since = counted.map(({ spokeAt, raisedAt }) => Date.parse(asking.length > 0 ? spokeAt : raisedAt));
	const [first] = alarms;
	return {
		id,
		alarms,
		incident: first!.incidentId === null ? null : summaryOf(alarms),
		level,
		speaking: asking.length,
		active: alarms.filter(({ clearedAt }) => clearedAt === null).length,
		sinceMs: Math.min(...since),
	};
}

/** What the reader may see of an incident. */
export function summaryOf(alarms: readonly AlarmMessage[]): IncidentSummary {
	const towns = new Map<string | null, number>();
	for (const { townCode } of alarms) towns.set(townCode, (towns.get(townCode) ?? 0) + 1);
	return {
		kind: alarms[0]!.incidentKind ?? 'burst',
		condition: alarms[0]!.condition,
		beganMs: Math.min(...alarms.map(({ raisedAt }) => Date.parse(raisedAt))),
		sites: new Set(alarms.map(({ siteId }) => siteId)).size,
		towns: [...towns].map(([code, count]) => ({ code, alarms: count })).sort((a, b) => b.alarms - a.alarms),
	};
}

/** What is put aside: shelved, asked to be, out of service, explained by a parent. Soonest back first. */
export function shelfRows(alarms: Iterable<AlarmMessage>): AlarmMessage[] {
	return [...alarms]
		.filter((alarm) => alarm.shelf !== null || alarm.isOutOfService)
		.sort((a, b) => (a.shelf?.until ?? '9').localeCompare(b.shelf?.until ?? '9'));
}

function fits(alarm: AlarmMessage, filter: BoardFilter): boolean {
	return (
		(filter.level.length === 0 || filter.level.includes(calledLevel(alarm))) &&
		(filter.condition.length === 0 || filter.condition.includes(alarm.condition)) &&
		(filter.town.length === 0 || filter.town.includes(alarm.townCode ?? '')) &&
		(!filter.unacknowledged || alarm.handling === 'new') &&
		(filter.assignee === null || alarm.assignee?.id === filter.assignee)
	);
}
