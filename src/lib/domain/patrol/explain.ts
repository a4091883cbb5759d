// Why a visit is not in a plan, and what would let it in: found by trying. One thing at a time is changed (a shift
// ends later, a team may take more, another visit is skipped, the window opens longer …) and the day timed again.

import { inBoth, type Sentence } from '../import/sentence.ts';
import { afterSentence, fitSentence, reasonSentence } from './left-sentence.ts';
import type { Model } from './model.ts';
import type { LeftOut } from './problem.ts';
import { ROUNDING } from './rounding.ts';
import { timeDay } from './time-route.ts';
import type { Draft } from './evaluate.ts';

/** Stops timed for one call at most; what is left out beyond that gets the general answer. */
const MOST_TIMED = 120_000;
/** Stops timed for one visit: few for every visit, more for those that are worth most. */
const FEW = 100;
const MANY = 6000;

export type Reason =
	| { why: 'no-team'; skill: string | undefined; team: string | undefined }
	| { why: 'never-open' }
	| { why: 'too-heavy' }
	| { why: 'after'; other: string }
	| { why: 'not-worth'; costs: number; prize: number }
	/** It fits and is worth it: the search was too short to see it. */
	| { why: 'overlooked' }
	| { why: 'full' };

/** One change that would let a visit in; `effort` ranks them, the smaller the easier. */
export type Change =
	| { change: 'later'; team: string; minutes: number }
	| { change: 'capacity'; team: string; above: number }
	| { change: 'skip'; team: string; visit: string; isMust: boolean }
	| { change: 'window'; team: string; minutes: number }
	| { change: 'prize'; team: string; atLeast: number };

/** @param left - ids of the visits to explain */
export function explain(model: Model, drafts: readonly Draft[], left: readonly string[]): LeftOut[] {
	if (left.length === 0) return [];
	const plan: number[][] = Array.from({ length: model.teams }, () => []);
	for (const { team, visits } of drafts) {
		const no = model.teamNo.get(team);
		if (no !== undefined) plan[no] = visits.flatMap((id) => model.visitNo.get(id) ?? []);
	}
	const visits = left.map((id) => model.visitNo.get(id)!);
	let rest = MOST_TIMED - FEW * left.length;
	const granted = new Map<number, number>();
	for (const visit of visits.toSorted((a, b) => model.prize[b]! - model.prize[a]!)) {
		const more = Math.max(0, Math.min(MANY, rest));
		granted.set(visit, FEW + more);
		rest -= more;
	}
	return visits.map((visit, i) => {
		const { reason, changes } = whyNot(model, plan, visit, { left: granted.get(visit)! });
		return { visit: left[i]!, reason: inBoth(reasonSentence(reason)), wouldFit: wouldFit(reason, changes) };
	});
}

function wouldFit(reason: Reason, changes: Change[]): string {
	const sentences: Sentence[] = reason.why === 'after' ? [afterSentence(reason.other)] : changes.map(fitSentence);
	const joined = (key: keyof Sentence, or: string) => sentences.map((sentence) => sentence[key]).join(or);
	return sentences.length ? inBoth({ zh: joined('zh', '；或'), en: joined('en', ', or ') }) : '';
}

/** @returns the reason, and up to three changes that would help, the easiest first */
export function whyNot(
	model: Model,
	plan: readonly (readonly number[])[],
	visit: number,
	effort: { left: number },
): { reason: Reason; changes: Change[] } {
	const { problem } = model;
	const asked = problem.visits[visit]!;
	const before = model.after[visit]!;
	if (before >= 0 && !plan.some((visits) => visits.includes(before)))
		return { reason: { why: 'after', other: problem.visits[before]!.id }, changes: [] };
	const able = problem.teams.flatMap((_, team) => (model.allowed[team * model.visits + visit] ? [team] : []));
	if (able.length === 0) {
		const skill = asked.skills?.find((one) => !problem.teams.some((team) => team.skills?.includes(one)));
		return { reason: { why: 'no-team', skill, team: asked.team ?? undefined }, changes: [] };
	}
	if (able.every((team) => model.load[visit]! > model.capacity[team]!)) {
		const team = able.reduce((most, one) => (model.capacity[one]! > model.capacity[most]! ? one : most));
		const above = model.load[visit]! - model.capacity[team]!;
		return {
			reason: { why: 'too-heavy' },
			changes: [{ change: 'capacity', team: problem.teams[team]!.id, above }],
		};
	}
	effort.left -= able.length;
	const isNever = effort.left > 0 && able.every((team) => timeDay(model, team, [visit]).broken > 0);
	const reason: Reason = isNever ? { why: 'never-open' } : { why: 'full' };
	return tried(model, plan, visit, able, reason, effort);
}

function tried(
	model: Model,
	plan: readonly (readonly number[])[],
	visit: number,
	able: number[],
	reason: Reason,
	effort: { left: number },
): { reason: Reason; changes: Change[] } {
	const best = new Map<Change['change'], { change: Change; effort: number }>();
	const offer = (change: Change, effort: number) => {
		const known = best.get(change.change);
		if (!known || effort < known.effort) best.set(change.change, { change, effort });
	};
	let dearer: { costs: number; prize: number } | undefined;
	const attempt = (team: number, at: number) => {
		const id = model.problem.teams[team]!.id;
		const visits = plan[team]!;
		effort.left -= visits.length + 1;
		const day = timeDay(model, team, visits.toSpliced(at, 0, visit));
		const above = day.load - model.capacity[team]!;
		const isLight = above <= ROUNDING;
		if (day.broken <= 0 && isLight) {
			const costs = day.cost - timeDay(model, team, visits).cost + (visits.length ? 0 : model.teamCost[team]!);
			if (dearer && costs >= dearer.costs) return;
			dearer = { costs, prize: model.prize[visit]! };
			offer({ change: 'prize', team: id, atLeast: costs }, costs);
		} else if (day.broken <= 0) offer({ change: 'capacity', team: id, above }, above);
		else if (!isLight) return;
		else if (day.broken - day.over <= ROUNDING) offer({ change: 'later', team: id, minutes: day.over }, day.over);
		else if (day.late[at]! > 0 && day.broken - day.late[at]! <= ROUNDING)
			offer({ change: 'window', team: id, minutes: day.late[at]! }, day.late[at]!);
	};
	// The end of each day first: it is where a later end helps most often.
	for (const team of able) if (effort.left > 0) attempt(team, plan[team]!.length);
	for (const team of able) for (let at = 0; at < plan[team]!.length && effort.left > 0; at++) attempt(team, at);
	for (const team of able) if (effort.left > 0) skips(model, team, plan[team]!, visit, effort, offer);
	const order: Change['change'][] = ['prize', 'later', 'skip', 'capacity', 'window'];
	const changes = order.flatMap((kind) => best.get(kind)?.change ?? []).slice(0, 3);
	if (!dearer) return { reason, changes };
	return dearer.costs < dearer.prize
		? { reason: { why: 'overlooked' }, changes: [] }
		: { reason: { why: 'not-worth', ...dearer }, changes };
}

/** Which one visit of a day would have to go; the one that is worth the least. */
function skips(
	model: Model,
	team: number,
	visits: readonly number[],
	visit: number,
	effort: { left: number },
	offer: (change: Change, effort: number) => void,
): void {
	const byPrize = visits
		.map((other, at) => ({ other, at }))
		.sort((a, b) => model.prize[a.other]! - model.prize[b.other]!);
	for (const { other, at } of byPrize) {
		if (model.followers.length && model.after.includes(other)) continue;
		const rest = visits.toSpliced(at, 1);
		for (let gap = 0; gap <= rest.length && effort.left > 0; gap++) {
			effort.left -= visits.length;
			const day = timeDay(model, team, rest.toSpliced(gap, 0, visit));
			if (day.broken > 0 || day.load > model.capacity[team]! + ROUNDING) continue;
			const isMust = model.must[other] === 1;
			const { problem } = model;
			const id = problem.visits[other]!.id;
			return offer({ change: 'skip', team: problem.teams[team]!.id, visit: id, isMust }, model.prize[other]!);
		}
	}
}
