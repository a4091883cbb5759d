// From the ledger to a patrol problem: who may be visited, why, how long it takes, what it is worth. Whoever is not a
// candidate is named with the reason, so that nobody has to guess why a site is missing.

import type { Due, TermKey } from '../coverage/due.ts';
import { dayAfter } from '../day.ts';
import type { LngLat } from '../geo.ts';
import type { Problem, Visit } from '../patrol/problem.ts';
import type { Rule } from '../rule.ts';
import type { VisitHelp } from './companions.ts';
import type { Department } from './department.ts';
import {
	floodReasons,
	floodWorth,
	isFloodMust,
	isOfFloodRound,
	type FloodReason,
	type FloodRoundRules,
	type FloodStanding,
} from './flood-round.ts';
import type { PlanTeam } from './team.ts';
import type { Occasion, Template } from './template.ts';

export interface Candidate {
	siteId: string;
	no: number;
	name: string;
	at: LngLat;
	contractorId: string | null;
	stage: string | null;
	state: 'active' | 'stopped' | 'suspended';
	due: Due;
	lastVisitOn: string | null;
	openHazards: number;
	openMajorHazards: number;
	machines: number;
	hasPit: boolean;
	hasCrane: boolean;
	lookBack: { byOn: string; notBy: readonly string[]; findings: number } | null;
	/** Campaigns whose sample the site belongs to. */
	campaigns: readonly string[];
	/** Another plan that goes there already, and its day. */
	plannedOn: string | null;
	/** How it stands in the flood season; null where the plan is no flood round. */
	flood: FloodStanding | null;
	/** Works that call for experts, and the firms of the site; null where nobody from outside comes along. */
	help: VisitHelp | null;
}

export interface PlanningRules {
	/** Minutes on site by grade. */
	service: Record<'high' | 'medium' | 'low', Rule>;
	lookBackMinutes: Rule;
	perMachineMinutes: Rule;
	mostMachineMinutes: Rule;
	/** What a visit is worth, in minutes of driving it may cost. */
	prizeBase: Record<'high' | 'medium' | 'low', Rule>;
	prizePerOverdueDay: Rule;
	mostOverduePrize: Rule;
	prizeLookBack: Rule;
	prizeOpenRound: Rule;
	flood: FloodRoundRules;
	fairness: Rule;
	/** Minutes of effort a team takes on a day; more is refused. */
	capacity: Rule;
}

/** Why a stop is made, each a chip on its card. */
export interface VisitReason {
	key: TermKey | FloodReason['key'] | 'overdue' | 'campaign' | 'drawn' | 'emergency';
	/** Days, count or name. */
	value: string | number;
}

export interface PlanVisit {
	/** As the problem names it. */
	key: string;
	siteId: string;
	no: number;
	name: string;
	at: LngLat;
	stage: string | null;
	occasion: Occasion;
	reasons: VisitReason[];
	/** Occasions that one visit serves at once (综合查一次). */
	merged: Occasion[];
	/** Other departments that come along. */
	departments: Department[];
	openHazards: number;
	openMajorHazards: number;
	grade: 'high' | 'medium' | 'low';
	/** Day of the last visit. */
	lastVisitOn: string | null;
	isEmergency: boolean;
	/** Minute of the day it is promised for; absent: any time the site is open. */
	pinnedAt?: number;
	/** What experts and agencies are asked for; only where they come along. */
	help?: VisitHelp;
}

/** Whether it looks at what the round before had found. */
export const isLookBack = ({ reasons }: Pick<PlanVisit, 'reasons'>): boolean =>
	reasons.some(({ key }) => key === 'lookBack');

export interface NotAsked {
	siteId: string;
	name: string;
	reason: 'quiet' | 'monthly' | 'planned' | 'notDue' | 'filter';
	/** Until when, or on which day. */
	until: string | null;
}

export interface PlanInput {
	on: string;
	/** Last day of a plan of several: by then a quiet time may be over. */
	until?: string;
	template: Template;
	teams: readonly PlanTeam[];
	base: { name: string; at: LngLat };
	candidates: readonly Candidate[];
	/** Sites that are asked for by hand or by lot, whatever the template says. */
	picked?: readonly string[];
	/** At most so many candidates, the most urgent first. */
	most: number;
	rules: PlanningRules;
}

export interface BuiltPlan {
	problem: Problem;
	visits: PlanVisit[];
	notAsked: NotAsked[];
}

const BASE = 'base';

export function buildPlan(input: PlanInput): BuiltPlan {
	const { template, teams, base, rules } = input;
	const notAsked: NotAsked[] = [];
	const asked = input.candidates.filter((one) => {
		const refusal = refusalOf(one, input);
		if (refusal) notAsked.push({ siteId: one.siteId, name: one.name, ...refusal });
		return !refusal;
	});
	const chosen = asked
		.map((one) => ({ one, worth: worthOf(one, rules) }))
		.sort((a, b) => b.worth - a.worth || a.one.no - b.one.no)
		.slice(0, input.most)
		.map(({ one }) => one);
	const visits = chosen.map((one) => describe(one, input));
	const problem: Problem = {
		places: [{ id: BASE, at: base.at }, ...chosen.map(({ no, at }) => ({ id: `p${no}`, at }))],
		teams: teams.map((team) => ({
			id: team.id,
			from: BASE,
			to: BASE,
			shift: template.shift,
			breaks: template.breaks,
			skills: team.skills,
			capacity: rules.capacity.value,
		})),
		visits: chosen.map((one) => visitOf(one, input)),
		weights: { minutes: 1, fairness: rules.fairness.value },
	};
	return { problem, visits, notAsked };
}

function refusalOf(
	one: Candidate,
	{ on, until = on, template, picked }: PlanInput,
): Pick<NotAsked, 'reason' | 'until'> | null {
	// In a storm a visit of another day does not help; one on the same day does.
	const isServed = one.plannedOn !== null && (template.occasion !== 'flood' || one.plannedOn <= on);
	if (isServed) return { reason: 'planned', until: one.plannedOn };
	if (picked) return picked.includes(one.siteId) ? null : { reason: 'filter', until: null };
	if (template.only.length > 0 && !template.only.some((what) => isOne(one, what, on)))
		return { reason: 'filter', until: null };
	if (template.key === 'campaign' && one.campaigns.length === 0) return { reason: 'filter', until: null };
	const { quiet, dueOn } = one.due;
	if (template.keepsQuiet && quiet !== null && quiet.value > until)
		return { reason: quiet.key === 'monthlyCap' ? 'monthly' : 'quiet', until: quiet.value };
	if (template.horizonDays !== null && dueOn > dayAfter(on, template.horizonDays) && one.campaigns.length === 0)
		return { reason: 'notDue', until: dueOn };
	return null;
}

function isOne(one: Candidate, what: Template['only'][number], on: string): boolean {
	switch (what) {
		case 'high':
			return one.due.grading.grade === 'high';
		case 'open':
			return one.openHazards > 0;
		case 'wet':
			return one.hasPit || one.stage === 'foundation' || one.stage === 'preparation';
		case 'flood':
			return one.flood !== null && isOfFloodRound(one.flood);
		case 'stopped':
			return one.state !== 'active';
		case 'recent':
			return one.lastVisitOn !== null && one.lastVisitOn >= dayAfter(on, -30);
	}
}

/** Minutes of driving the visit may cost before it is left out. */
export function worthOf(
	{ due, lookBack, openMajorHazards, campaigns, flood }: Candidate,
	rules: PlanningRules,
): number {
	const overdue = Math.min(rules.mostOverduePrize.value, Math.max(0, due.overdueDays) * rules.prizePerOverdueDay.value);
	const round = due.terms.some(({ key }) => key === 'round') ? rules.prizeOpenRound.value : 0;
	return (
		rules.prizeBase[due.grading.grade].value +
		overdue +
		round +
		(lookBack ? rules.prizeLookBack.value : 0) +
		campaigns.length * rules.prizeLookBack.value +
		openMajorHazards * 2 * rules.prizeLookBack.value +
		(flood ? floodWorth(flood, rules.flood) : 0)
	);
}

export function serviceMinutes({ due, lookBack, machines }: Candidate, rules: PlanningRules): number {
	const looking = Math.min(rules.mostMachineMinutes.value, machines * rules.perMachineMinutes.value);
	return rules.service[due.grading.grade].value + looking + (lookBack ? rules.lookBackMinutes.value : 0);
}

function visitOf(one: Candidate, { template, teams, rules, picked }: PlanInput): Visit {
	const isMust =
		(picked?.includes(one.siteId) ?? false) ||
		(one.flood !== null && isFloodMust(one.flood)) ||
		(template.mustBy.includes(one.due.decidedBy) && one.due.overdueDays >= -1);
	const barred = teams.filter(
		({ avoids, names }) =>
			(one.contractorId !== null && avoids.includes(one.contractorId)) ||
			(one.lookBack !== null && names.every((name) => one.lookBack!.notBy.includes(name))),
	);
	return {
		id: keyOf(one),
		place: `p${one.no}`,
		minutes: serviceMinutes(one, rules),
		windows: template.windows,
		load: serviceMinutes(one, rules),
		must: isMust,
		prize: worthOf(one, rules),
		...(barred.length ? { notTeam: barred.map(({ id }) => id) } : {}),
	};
}

export const keyOf = ({ no }: Pick<Candidate, 'no'>) => `s${no}`;

function describe(one: Candidate, { template, picked }: PlanInput): PlanVisit {
	const { due, lookBack, campaigns, flood } = one;
	const reasons: VisitReason[] = [];
	if (picked && template.key === 'unannounced') reasons.push({ key: 'drawn', value: '' });
	if (flood) reasons.push(...floodReasons(flood));
	if (due.overdueDays > 0) reasons.push({ key: 'overdue', value: due.overdueDays });
	else reasons.push({ key: due.decidedBy, value: due.dueOn });
	if (one.openMajorHazards > 0) reasons.push({ key: 'major', value: one.openMajorHazards });
	if (lookBack) reasons.push({ key: 'lookBack', value: lookBack.findings });
	for (const name of campaigns) reasons.push({ key: 'campaign', value: name });
	for (const key of ['danger', 'redSign', 'yellowSign', 'keyPeriod', 'flood'] as const)
		if (due.terms.some((term) => term.key === key)) reasons.push({ key, value: '' });
	const merged: Occasion[] = [];
	if (lookBack && template.occasion !== 'lookBack') merged.push('lookBack');
	if (campaigns.length && template.occasion !== 'campaign') merged.push('campaign');
	return {
		key: keyOf(one),
		siteId: one.siteId,
		no: one.no,
		name: one.name,
		at: one.at,
		stage: one.stage,
		occasion: template.occasion,
		reasons,
		merged,
		departments: [],
		openHazards: one.openHazards,
		openMajorHazards: one.openMajorHazards,
		grade: due.grading.grade,
		lastVisitOn: one.lastVisitOn,
		isEmergency: false,
		...(one.help ? { help: one.help } : {}),
	};
}
