// Who from outside comes along: experts of the bureau's pool and crews of the testing agencies it has bought, allotted to
// the stops of a plan by what the site has. A companion rides with one team, so its whole route is looked at. Whoever
// belongs to a firm of the site, or has to keep away from one, is never taken there, nobody goes beyond the quota of their
// contract, and the least loaded go first.

import type { Rule } from '../rule.ts';

/** Works that call for somebody who knows them. */
export const WORK_NEEDS = ['deepPit', 'lifting', 'formwork', 'scaffold'] as const;
export type WorkNeed = (typeof WORK_NEEDS)[number];
export type CompanionKind = 'expert' | 'agency';

/** What a contract lets somebody take over a span of days: set by a person, with the paper it comes from. */
export interface CompanionQuota {
	id: string;
	fromOn: string;
	toOn: string;
	/** Visits, at most. */
	most: number;
	/** Visits of issued plans within those days. */
	used: number;
	source: string;
	setBy: string;
	setAt: string;
}

export interface Companion {
	id: string;
	kind: CompanionKind;
	name: string;
	/** In the words of the register; of an agency empty. */
	disciplines: readonly string[];
	isSenior: boolean;
	/** Firms they belong to or must keep away from (回避). */
	avoids: readonly string[];
	/** Visits they went along to over the rolling month. */
	load: number;
	/** Those that hold on the day of the plan; left out: none. */
	quotas?: readonly CompanionQuota[];
}

/** Works of a visit that call for somebody, and the firms that build, own, watch or supply the site. */
export interface VisitHelp {
	needs: readonly WorkNeed[];
	firms: readonly string[];
}

export interface CompanionVisit extends VisitHelp {
	key: string;
}

export interface CompanionRules {
	/** Disciplines that may judge a work, the fittest first. */
	disciplines: Record<WorkNeed, Rule<readonly string[]>>;
	/** Works that an agency tests. */
	tested: Rule<readonly WorkNeed[]>;
	/** How many ride with a team. */
	mostPerTeam: Record<CompanionKind, Rule>;
	/** How many teams one can ride with on a day: a person with one, an agency has several crews. */
	teamsEach: Record<CompanionKind, Rule>;
	/** How much of a need served one visit of load weighs. */
	perLoad: Rule;
}

export interface Seat {
	team: string;
	visit: string;
	need: WorkNeed;
	kind: CompanionKind;
	companionId: string;
	name: string;
	/** What qualifies them; null: an agency, bought for the test. */
	discipline: string | null;
	isSenior: boolean;
	/** Before this day. */
	load: number;
}

export interface OpenSeat {
	team: string;
	visit: string;
	need: WorkNeed;
	kind: CompanionKind;
	/**
	 * `nobody`: no such discipline in the pool; `conflict`: all who know it are tied to a firm of the site; `taken`: who
	 * would do rides with other teams, or the car is full; `quota`: all who would do have used up the quota of their
	 * contract, `full` names them.
	 */
	reason: 'nobody' | 'conflict' | 'taken' | 'quota';
	full: string[];
}

export interface Allotment {
	seats: Seat[];
	open: OpenSeat[];
}

/** The same for a plan as it stands: the stops of its drafts, those without needs left out. */
export function allotPlan(
	drafts: readonly { team: string; visits: readonly string[] }[],
	visits: readonly { key: string; help?: VisitHelp }[],
	{ pool, rules }: { pool: readonly Companion[]; rules: CompanionRules },
): Allotment {
	const helpOf = new Map(visits.map(({ key, help }) => [key, help]));
	const routes = drafts.map(({ team, visits: keys }) => ({
		team,
		visits: keys.flatMap((key) => {
			const help = helpOf.get(key);
			return help ? [{ key, ...help }] : [];
		}),
	}));
	return allotCompanions(routes, pool, rules);
}

interface Slot {
	team: string;
	visit: CompanionVisit;
	need: WorkNeed;
}

/** What a site has that calls for somebody. A pit without a depth counts: nobody knows that it is shallow. */
export function needsOf(site: {
	/** Null: no open pit; undefined: one without a depth. */
	pitDepthM: number | null | undefined;
	hasCrane: boolean;
	hasHoist: boolean;
	hasFormwork: boolean;
	hasScaffold: boolean;
}): WorkNeed[] {
	const has: Record<WorkNeed, boolean> = {
		deepPit: site.pitDepthM !== null,
		lifting: site.hasCrane || site.hasHoist,
		formwork: site.hasFormwork,
		scaffold: site.hasScaffold,
	};
	return WORK_NEEDS.filter((need) => has[need]);
}

/** @param routes - stops of every team, in any order; the answer does not depend on the order of the pool */
export function allotCompanions(
	routes: readonly { team: string; visits: readonly CompanionVisit[] }[],
	pool: readonly Companion[],
	rules: CompanionRules,
): Allotment {
	const one = allotKind('expert', routes, pool, rules);
	const other = allotKind('agency', routes, pool, rules);
	return { seats: [...one.seats, ...other.seats], open: [...one.open, ...other.open] };
}

function allotKind(
	kind: CompanionKind,
	routes: readonly { team: string; visits: readonly CompanionVisit[] }[],
	pool: readonly Companion[],
	rules: CompanionRules,
): Allotment {
	const able = pool.filter((one) => one.kind === kind).sort((a, b) => (a.id < b.id ? -1 : 1));
	let waiting: Slot[] = routes.flatMap(({ team, visits }) =>
		visits.flatMap((visit) =>
			visit.needs
				.filter((need) => kind === 'expert' || rules.tested.value.includes(need))
				.map((need) => ({ team, visit, need })),
		),
	);
	const all = waiting;
	const riding = new Map<string, Companion[]>(routes.map(({ team }) => [team, []]));
	const teamsOf = new Map<string, number>();
	const seats: Seat[] = [];
	const roomOf = new Map(able.map((one) => [one.id, quotaLeft(one)]));
	for (;;) {
		const best = fittest(waiting, able, { riding, teamsOf, roomOf, kind }, rules);
		if (!best) break;
		const { team, companion, served } = best;
		riding.get(team)!.push(companion);
		teamsOf.set(companion.id, (teamsOf.get(companion.id) ?? 0) + 1);
		roomOf.set(companion.id, roomOf.get(companion.id)! - visitsOf(served).size);
		seats.push(...served.map((slot) => seatOf(slot, companion, rules)));
		waiting = waiting.filter((slot) => !served.includes(slot));
	}
	const order = new Map(all.map((slot, index) => [slotKey(slot.visit.key, slot.need), index]));
	seats.sort((a, b) => order.get(slotKey(a.visit, a.need))! - order.get(slotKey(b.visit, b.need))!);
	return { seats, open: waiting.map((slot) => openSeat(slot, kind, able, roomOf, rules)) };
}

const slotKey = (visit: string, need: WorkNeed) => `${visit}/${need}`;

const visitsOf = (slots: readonly Slot[]) => new Set(slots.map(({ visit }) => visit.key));

/** Visits that the tightest of the quotas leaves; without one there is no end. */
export function quotaLeft({ quotas = [] }: Pick<Companion, 'quotas'>): number {
	return Math.max(0, Math.min(Infinity, ...quotas.map(({ most, used }) => most - used)));
}

/** What a companion does on a team's route: in its order, as many visits as the quota leaves. */
function servedBy(companion: Companion, own: readonly Slot[], room: number, rules: CompanionRules): Slot[] {
	const able = own.filter((slot) => fitness(companion, slot, rules) > 0);
	if (room === Infinity) return able;
	const within = new Set([...visitsOf(able)].slice(0, room));
	return able.filter(({ visit }) => within.has(visit.key));
}

interface Riders {
	riding: ReadonlyMap<string, readonly Companion[]>;
	teamsOf: ReadonlyMap<string, number>;
	/** Visits that quotas leave. */
	roomOf: ReadonlyMap<string, number>;
	kind: CompanionKind;
}

interface Ride {
	team: string;
	companion: Companion;
	served: Slot[];
}

/** The pair of team and companion that serves most of what is still waiting; the least loaded of equals. */
function fittest(
	waiting: readonly Slot[],
	able: readonly Companion[],
	{ riding, teamsOf, roomOf, kind }: Riders,
	rules: CompanionRules,
): Ride | undefined {
	let best: (Ride & { gain: number }) | undefined;
	for (const [team, aboard] of riding) {
		if (aboard.length >= rules.mostPerTeam[kind].value) continue;
		const own = waiting.filter((slot) => slot.team === team);
		if (own.length === 0) continue;
		for (const companion of able) {
			if ((teamsOf.get(companion.id) ?? 0) >= rules.teamsEach[kind].value || aboard.includes(companion)) continue;
			const served = servedBy(companion, own, roomOf.get(companion.id)!, rules);
			if (served.length === 0) continue;
			const worth = served.reduce((sum, slot) => sum + fitness(companion, slot, rules), 0);
			const gain = worth - companion.load * rules.perLoad.value;
			const isBetter =
				!best ||
				gain > best.gain + 1e-9 ||
				(gain > best.gain - 1e-9 && companion.isSenior && !best.companion.isSenior && team === best.team);
			if (isBetter) best = { team, companion, served, gain };
		}
	}
	return best;
}

/** 1 for the fittest discipline, less for each one after it, 0 for nobody who may go. */
function fitness(companion: Companion, { visit, need }: Slot, rules: CompanionRules): number {
	if (visit.firms.some((firm) => companion.avoids.includes(firm))) return 0;
	if (companion.kind === 'agency') return 1;
	const wanted = rules.disciplines[need].value;
	const rank = wanted.findIndex((discipline) => companion.disciplines.includes(discipline));
	return rank < 0 ? 0 : 1 - rank / (wanted.length + 1);
}

function seatOf({ team, visit, need }: Slot, companion: Companion, rules: CompanionRules): Seat {
	const { id, kind, name, isSenior, load } = companion;
	const discipline =
		kind === 'agency' ? null : rules.disciplines[need].value.find((one) => companion.disciplines.includes(one))!;
	return { team, visit: visit.key, need, kind, companionId: id, name, discipline, isSenior, load };
}

function openSeat(
	slot: Slot,
	kind: CompanionKind,
	able: readonly Companion[],
	roomOf: ReadonlyMap<string, number>,
	rules: CompanionRules,
): OpenSeat {
	const knowing = able.filter((one) => fitness({ ...one, avoids: [] }, slot, rules) > 0);
	const free = knowing.filter((one) => fitness(one, slot, rules) > 0);
	const full = free.filter(({ id }) => roomOf.get(id) === 0).map(({ name }) => name);
	const reason =
		knowing.length === 0 ? 'nobody' : free.length === 0 ? 'conflict' : full.length === free.length ? 'quota' : 'taken';
	return { team: slot.team, visit: slot.visit.key, need: slot.need, kind, reason, full };
}
