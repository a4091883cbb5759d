// When many alarms are one incident: a gale over three towns, power gone at forty sites, a wall whose points all move.
// Pure; the number of a new incident is an argument.

import type { Rule } from '../rule.ts';

/**
 * - `gale`: cranes over the wind limit; `powerCut`, `gatewaysLost`: sites or gateways without a word; `silence`: devices
 * - `burst`: any other condition that comes up at many places at once; `siteBurst`: at one site
 */
export const INCIDENT_KINDS = ['gale', 'powerCut', 'gatewaysLost', 'silence', 'burst', 'siteBurst'] as const;
export type IncidentKind = (typeof INCIDENT_KINDS)[number];

export interface IncidentRules {
	/** Alarms of a cause that spreads (wind, silence) that make an incident. */
	members: Rule;
	/** Of any other condition over the district. */
	membersElse: Rule;
	/** Of one condition at one site. */
	membersAtSite: Rule;
	/** Sites or gateways without a word. */
	parents: Rule;
	/** Minutes within which they belong together, counted from the newest. */
	window: Rule;
}

/** An alarm that was raised. */
export interface Occurrence {
	alarmId: string;
	condition: string;
	siteId: string | null;
	atMs: number;
}

export interface Incident {
	id: string;
	kind: IncidentKind;
	condition: string;
	siteId: string | null;
	lastMs: number;
}

/** What is remembered: raised lately and in no incident, and the incidents that still grow. */
export interface Groups {
	lately: Occurrence[];
	growing: Incident[];
}

export function noGroups(): Groups {
	return { lately: [], growing: [] };
}

/** Who now belongs to an incident, the occurrence itself included. */
export interface Joined {
	incident: Incident;
	isNew: boolean;
	alarmIds: string[];
}

const SPREADING: Readonly<Record<string, IncidentKind>> = {
	wind: 'gale',
	offline: 'silence',
	powerLost: 'powerCut',
	gatewayLost: 'gatewaysLost',
};

/**
 * Takes an alarm that was raised. It joins an incident that still grows, makes one together with those before it, or
 * stays by itself.
 *
 * @param groups - changed in place
 * @param freshId - for an incident that begins
 */
export function gather(groups: Groups, one: Occurrence, rules: IncidentRules, freshId: string): Joined | undefined {
	const windowMs = rules.window.value * 60_000;
	groups.growing = groups.growing.filter(({ lastMs }) => one.atMs - lastMs <= windowMs);
	groups.lately = groups.lately.filter(({ alarmId, atMs }) => one.atMs - atMs <= windowMs && alarmId !== one.alarmId);

	const joins = groups.growing.find(
		({ condition, siteId }) => condition === one.condition && (siteId === null || siteId === one.siteId),
	);
	if (joins) {
		joins.lastMs = Math.max(joins.lastMs, one.atMs);
		return { incident: joins, isNew: false, alarmIds: [one.alarmId] };
	}
	groups.lately.push(one);
	const same = groups.lately.filter(({ condition }) => condition === one.condition);
	const spreading = SPREADING[one.condition];
	if (same.length >= leastOf(one.condition, rules)) return begin(groups, spreading ?? 'burst', null, same, freshId);
	const here = same.filter(({ siteId }) => siteId !== null && siteId === one.siteId);
	if (!spreading && here.length >= rules.membersAtSite.value)
		return begin(groups, 'siteBurst', one.siteId, here, freshId);
	return undefined;
}

function leastOf(condition: string, rules: IncidentRules): number {
	const kind = SPREADING[condition];
	if (kind === 'powerCut' || kind === 'gatewaysLost') return rules.parents.value;
	return kind ? rules.members.value : rules.membersElse.value;
}

function begin(
	groups: Groups,
	kind: IncidentKind,
	siteId: string | null,
	members: readonly Occurrence[],
	id: string,
): Joined {
	const { condition } = members[0]!;
	const incident: Incident = { id, kind, condition, siteId, lastMs: Math.max(...members.map(({ atMs }) => atMs)) };
	groups.growing.push(incident);
	const taken = new Set(members);
	groups.lately = groups.lately.filter((one) => !taken.has(one));
	return { incident, isNew: true, alarmIds: members.map(({ alarmId }) => alarmId) };
}
