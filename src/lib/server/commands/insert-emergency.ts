// Puts an emergency visit into a plan that is being driven: at most two others move. Asked without `accept` it only says
// what would change. What a team has declined is put to the others in the same way.

import { randomUUID } from 'node:crypto';
import type { EmergencyView, EmergencyWish } from '#lib/contract/patrol.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize, scopeOf } from '#lib/domain/access/authorize.ts';
import { minutesOfDay, shanghaiDay } from '#lib/domain/day.ts';
import {
	changesOf,
	madeAgain,
	withNewest,
	type RouteChange,
	type RouteChanges,
} from '#lib/domain/field/route-change.ts';
import type { Evaluation } from '#lib/domain/patrol/evaluate.ts';
import { giveBack } from '#lib/domain/patrol/give-back.ts';
import type { Problem } from '#lib/domain/patrol/problem.ts';
import { insertEmergency as replan } from '#lib/domain/patrol/replan.ts';
import type { PlanVisit } from '#lib/domain/planning/plan-problem.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents } from '../events/log.ts';
import { changePlan, planForChange, planTeams, type StoredPlan } from '../repositories/patrol-plan.ts';
import { insertStops, moveStop, stopStates } from '../repositories/patrol-stop.ts';
import { writeChanges } from '../repositories/patrol-field.ts';
import { siteBrief } from '../repositories/patrol-site.ts';

export type InsertEmergency =
	| { ok: true; view: EmergencyView; events: EventMessage[] }
	| {
			ok: false;
			reason: 'forbidden' | 'not-found' | 'not-issued' | 'fits-nowhere' | 'is-planned' | 'plan-is-broken';
	  };

export async function insertEmergency(
	db: Db,
	caller: Caller,
	id: string,
	wish: EmergencyWish,
): Promise<InsertEmergency> {
	const { principal, now } = caller;
	if (!authorize(principal, 'patrol:plan').ok) return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx): Promise<InsertEmergency> => {
		const plan = await planForChange(tx, id);
		const site = await siteBrief(tx, scopeOf(principal), wish.siteId);
		if (!plan || !site) return { ok: false, reason: 'not-found' };
		if (plan.state !== 'issued') return { ok: false, reason: 'not-issued' };
		const states = await stopStates(tx, id);
		const teams = await planTeams(tx, id);
		const visit = emergencyVisit(plan, site, wish);
		const problem = withVisit(plan.problem, visit, wish.minutes);
		const changeOf = new Map(teams.map(({ team, change }) => [team, change as RouteChanges | null]));
		const declined = [...changeOf].map(([team, change]) => ({ team, changes: declinedOf(change, visit.key) }));
		// Who said no to this visit is not asked again.
		const refusing = declined.flatMap(({ team, changes }) => (changes.length ? [team] : []));
		// An emergency comes to a site that was left out, or not asked for: it may stand in the plan under its key.
		const holder = plan.drafts.find(({ visits }) => visits.includes(visit.key))?.team;
		const isBegun = states.some(({ key, state }) => key === visit.key && state !== 'planned' && state !== 'dropped');
		if (holder && (isBegun || !refusing.includes(holder))) return { ok: false, reason: 'is-planned' };
		const drafts = plan.drafts.map(({ team, visits }) => ({ team, visits: visits.filter((key) => key !== visit.key) }));
		const over = teams.flatMap(({ team, returned_at }) => (returned_at ? [team] : []));
		const from = begunUntil(plan, states, now);
		const answer = replan(problem, plan.teams.estimate, drafts, visit.key, {
			most: wish.most,
			now: from,
			over: [...refusing, ...over],
			...(wish.withinMin !== undefined && shanghaiDay(now) === plan.on
				? { by: minutesOfDay(now) + wish.withinMin }
				: {}),
		});
		if (!answer.ok) return answer;
		const isOut = (key: string) => states.some((stop) => stop.key === key && stop.state === 'dropped');
		const givenUp = declined.flatMap(({ changes }) => changes.flatMap(({ dropped }) => dropped)).filter(isOut);
		const whole = giveBack(problem, plan.teams.estimate, answer.drafts, givenUp, { now: from, over });
		const view = viewOf(answer.team, visit.key, { ...answer, ...whole }, wish.accept);
		if (!wish.accept) return { ok: true, view, events: [] };

		const visits = plan.visits.visits.filter(({ key }) => key !== visit.key);
		await changePlan(tx, id, {
			problem,
			drafts: whole.drafts,
			visits: { ...plan.visits, visits: [...visits, visit] },
		});
		if (holder) await moveStop(tx, id, { key: visit.key, dropped: true });
		await rewriteStops(tx, { ...plan, visits: { ...plan.visits, visits: [...visits, visit] } }, visit.key, whole);
		const { moved, dropped } = view;
		const offer = { at: now.toISOString(), why: wish.why, key: visit.key, moved, dropped, answer: null };
		for (const { team, before, after } of view.days) {
			const back = refusing.includes(team) ? madeAgain({ before, after }, view.back) : [];
			const change = { ...offer, before, after, ...(back.length && { back }) };
			await writeChanges(tx, id, team, withNewest(changeOf.get(team) ?? null, change));
		}
		const subject = { kind: 'plan', id };
		const events = await appendEvents(tx, [
			{ at: now, type: 'patrol:changed', subject, data: { planId: id, change: 'emergency' } },
		]);
		const detail = { emergency: wish.siteId, why: wish.why, team: answer.team, moved: answer.moved };
		await audit(tx, { ...signedBy(caller), action: 'patrol:plan', object: `plan ${id}`, detail, outcome: 'done' });
		return { ok: true, view, events };
	});
}

/** The changes for a visit that a team said no to. */
function declinedOf(changes: RouteChanges | null, key: string): RouteChange[] {
	return changesOf(changes).filter((one) => one.key === key && one.answer?.accepted === false);
}

/** Minutes of the day until which stops stand as they are: the clock while people are out, and what they have begun. */
function begunUntil(plan: StoredPlan, states: Awaited<ReturnType<typeof stopStates>>, now: Date): number {
	const begun = states.filter(({ state }) => state !== 'planned' && state !== 'dropped');
	const last = Math.max(-Infinity, ...begun.map(({ startMin }) => startMin));
	const minute = minutesOfDay(now);
	const [from, to] = plan.problem.teams[0]?.shift ?? [0, 0];
	return shanghaiDay(now) === plan.on && minute >= from && minute <= to - 60 ? Math.max(last, minute) : last;
}

function emergencyVisit(
	plan: StoredPlan,
	site: NonNullable<Awaited<ReturnType<typeof siteBrief>>>,
	wish: EmergencyWish,
): PlanVisit {
	const known = plan.visits.visits.find(({ siteId }) => siteId === wish.siteId);
	return {
		key: `s${site.no}`,
		siteId: site.id,
		no: site.no,
		name: site.name,
		at: site.at,
		stage: site.stage,
		occasion: 'routine',
		reasons: [{ key: 'emergency', value: wish.why }, ...(known?.reasons ?? [])],
		merged: known?.merged ?? [],
		departments: known?.departments ?? [],
		openHazards: site.openHazards,
		openMajorHazards: site.openMajorHazards,
		grade: known?.grade ?? site.riskGrade ?? 'medium',
		lastVisitOn: known?.lastVisitOn ?? null,
		isEmergency: true,
	};
}

/** The problem with the visit in it: to be made at once, at any hour of the shift. */
function withVisit(problem: Problem, { key, no, at }: PlanVisit, minutes: number): Problem {
	const place = `p${no}`;
	const isNew = !problem.places.some(({ id }) => id === place);
	return {
		...problem,
		places: isNew ? [...problem.places, { id: place, at }] : problem.places,
		// A table has no row for a new place; without one the whole day is timed by estimate.
		matrix: isNew ? undefined : problem.matrix,
		visits: [...problem.visits.filter(({ id }) => id !== key), { id: key, place, minutes, load: minutes, must: true }],
	};
}

function viewOf(
	team: string,
	key: string,
	{
		before,
		after,
		moved,
		dropped,
		back,
	}: Record<'before' | 'after', Evaluation> & Record<'moved' | 'dropped' | 'back', string[]>,
	applied: boolean,
): EmergencyView {
	const day = ({ routes }: Evaluation, of: string) => {
		const route = routes.find((one) => one.team === of);
		const stops = (route?.stops ?? []).map(({ visit, start }) => ({ key: visit, start }));
		return { minutes: route?.minutes ?? 0, stops };
	};
	const names = [...new Set([...before.routes, ...after.routes].map((route) => route.team))];
	const days = [team, ...names.filter((one) => one !== team).sort()]
		.map((of) => ({ team: of, before: day(before, of), after: day(after, of) }))
		.filter((one) => String(one.before.stops.map(({ key }) => key)) !== String(one.after.stops.map(({ key }) => key)));
	const start = days[0]!.after.stops.find((stop) => stop.key === key)!.start;
	const was = new Map(before.routes.flatMap(({ stops }) => stops.map((stop) => [stop.visit, stop.start] as const)));
	const later = after.routes.flatMap(({ stops }) =>
		stops.flatMap(({ visit, start }) => {
			const minutes = start - (was.get(visit) ?? start);
			return visit !== key && Math.abs(minutes) >= 1 ? [{ key: visit, minutes }] : [];
		}),
	);
	return { team, start, moved, dropped, back, days, later, applied };
}

async function rewriteStops(
	tx: Db,
	plan: StoredPlan,
	emergency: string,
	{ drafts, back, after }: ReturnType<typeof giveBack>,
): Promise<void> {
	const visitOf = new Map(plan.visits.visits.map((visit) => [visit.key, visit]));
	const kept = new Set(drafts.flatMap(({ visits }) => visits));
	for (const { team, stops } of after.routes)
		for (const [place, { visit: key, arrive, start, leave }] of stops.entries()) {
			const stop = { team, place, key, arrive, start, leave };
			const { siteId, isEmergency } = visitOf.get(key)!;
			if (key === emergency || back.includes(key))
				await insertStops(tx, plan.id, [{ ...stop, id: randomUUID(), siteId, isEmergency: isEmergency === true }]);
			else await moveStop(tx, plan.id, stop);
		}
	for (const key of plan.drafts.flatMap(({ visits }) => visits))
		if (!kept.has(key)) await moveStop(tx, plan.id, { key, dropped: true });
}
