// Why a visit is not in a plan, and what would let it in: found by trying. One thing at a time is changed (a shift
// ends later, a team may take more, another visit is skipped, the window opens longer …) and the day timed again.

import { inBoth, type Sentence } from '../import/sentence.ts';
import { afterSentence, fitSentence, reasonSentence } from './left-sentence.ts';
import type { Model } from './model.ts';
import type { LeftOut } from './problem.ts';
import { ROUNDING } from './rounding.ts';
import { timeDay } from './time-route.ts';
import { Trial, type Effort } from './trial.ts';
import type { Draft } from './evaluate.ts';

/** Stops timed for one call at most; what is left out beyond that gets the general answer. */
const MOST_TIMED = 120_000;
/** Stops timed for one visit: few for every visit, fewer where very many are left out, more for what is worth most. */
const FEW = 100;
const MANY = 6000;
/** Share of all stops that a single visit may take where few are asked about. */
const SHARE = 0.25;

export type Reason =
	| { why: 'no-team'; skill: string | undefined; team: string | undefined }
	| { why: 'never-open' }
	| { why: 'too-heavy' }
	| { why: 'after'; other: string }
	| { why: 'not-worth'; costs: number; prize: number }
	/** It fits and is worth it: the search was too short to see it, or somebody has taken it out. */
	| { why: 'overlooked' }
	| { why: 'full' }
	/** As far as was looked: there was no time to try every place. */
	| { why: 'mostly-full' };

/** One change that would let a visit in; `effort` ranks them, the smaller the easier. */
export type Change =
	| { change: 'later'; team: string; minutes: number }
	| { change: 'capacity'; team: string; above: number }
	| { change: 'skip'; team: string; visit: string; isMust: boolean }
	/** Two that stand one after the other. */
	| { change: 'skipTwo'; team: string; visits: [string, string]; isMust: boolean }
	/** A team more, like this one. */
	| { change: 'another'; team: string }
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
	const trial = new Trial(model, plan);
	const found = new Map<string, LeftOut>();
	const few = Math.min(FEW, Math.floor(MOST_TIMED / left.length));
	const many = Math.max(MANY, Math.floor((SHARE * MOST_TIMED) / left.length));
	let rest = MOST_TIMED - few * left.length;
	const prizeOf = (id: string) => model.prize[model.visitNo.get(id)!]!;
	for (const id of left.toSorted((a, b) => prizeOf(b) - prizeOf(a))) {
		const more = Math.max(0, Math.min(many, rest));
		const effort = { left: few + more };
		const { reason, changes } = whyNot(trial, model.visitNo.get(id)!, effort);
		rest -= more - Math.max(0, Math.min(more, effort.left));
		found.set(id, { visit: id, reason: inBoth(reasonSentence(reason)), wouldFit: wouldFit(reason, changes) });
	}
	return left.map((id) => found.get(id)!);
}

function wouldFit(reason: Reason, changes: Change[]): string {
	const sentences: Sentence[] = reason.why === 'after' ? [afterSentence(reason.other)] : changes.map(fitSentence);
	const joined = (key: keyof Sentence, or: string) => sentences.map((sentence) => sentence[key]).join(or);
	return sentences.length ? inBoth({ zh: joined('zh', '；或'), en: joined('en', ', or ') }) : '';
}

/** @returns the reason, and up to three changes that would help, the easiest first */
function whyNot(trial: Trial, visit: number, effort: Effort): { reason: Reason; changes: Change[] } {
	const { model, plan } = trial;
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
	effort.left -= able.length;
	const isHeavy = able.every((team) => model.load[visit]! > model.capacity[team]!);
	const isNever = effort.left > 0 && able.every((team) => timeDay(model, team, [visit]).broken > 0);
	const { changes, dearer, isWhole } = tried(trial, visit, able, effort);
	if (!dearer) {
		const why = isHeavy ? 'too-heavy' : isNever ? 'never-open' : isWhole ? 'full' : 'mostly-full';
		const isFree = changes.length === 0 && before < 0 && !asked.team;
		const fresh = isFree ? able.find((team) => fitsAlone(model, team, visit)) : undefined;
		if (fresh !== undefined) changes.push({ change: 'another', team: problem.teams[fresh]!.id });
		return { reason: { why }, changes };
	}
	return dearer.costs < dearer.prize
		? { reason: { why: 'overlooked' }, changes: [] }
		: { reason: { why: 'not-worth', ...dearer }, changes };
}

/** Whether a team could go there if it went nowhere else. */
function fitsAlone(model: Model, team: number, visit: number): boolean {
	return model.load[visit]! <= model.capacity[team]! + ROUNDING && timeDay(model, team, [visit]).broken <= 0;
}

type Offer = (change: Change, effort: number, holds: () => boolean) => 'kept' | 'no-easier' | 'fails';

/** @returns `dearer` where it fits, and what it costs there; `isWhole` when every place was tried */
function tried(trial: Trial, visit: number, able: number[], effort: Effort) {
	const { model, plan } = trial;
	const best = new Map<Change['change'], { change: Change; effort: number }>();
	let dearer: { costs: number; prize: number } | undefined;
	// Kept when it is easier than what is known; `holds` says whether it does help, with all that waits.
	const offer: Offer = (change, effort, holds) => {
		const known = best.get(change.change);
		if (known && effort >= known.effort) return 'no-easier';
		if (!holds()) return 'fails';
		best.set(change.change, { change, effort });
		return 'kept';
	};
	const attempt = (team: number, at: number) => {
		const id = model.problem.teams[team]!.id;
		const visits = plan[team]!;
		const order = visits.toSpliced(at, 0, visit);
		effort.left -= order.length;
		const day = timeDay(model, team, order);
		const above = day.load - model.capacity[team]!;
		const isLight = above <= ROUNDING;
		const exact = () => trial.with(team, order, effort);
		if (day.broken <= 0 && isLight) {
			const costs = day.cost - timeDay(model, team, visits).cost + (visits.length ? 0 : model.teamCost[team]!);
			const fits = () => (exact()?.broken ?? 1) <= 0;
			if (offer({ change: 'prize', team: id, atLeast: costs }, costs, fits) === 'kept')
				dearer = { costs, prize: model.prize[visit]! };
		} else if (day.broken <= 0) {
			offer({ change: 'capacity', team: id, above }, above, () => (exact()?.broken ?? 1) <= 0);
		} else if (!isLight) return;
		else if (day.broken - day.over <= ROUNDING) {
			const change: Change = { change: 'later', team: id, minutes: day.over };
			offer(change, day.over, () => {
				const then = exact();
				if (!then || then.broken - then.over > ROUNDING) return false;
				change.minutes = Math.max(change.minutes, then.over);
				return true;
			});
		} else if (day.late[at]! > 0 && day.broken - day.late[at]! <= ROUNDING) {
			const change: Change = { change: 'window', team: id, minutes: day.late[at]! };
			offer(change, day.late[at]!, () => {
				const then = exact();
				if (!then || then.broken - then.late[at]! > ROUNDING) return false;
				change.minutes = Math.max(change.minutes, then.late[at]!);
				return true;
			});
		}
	};
	let isWhole = true;
	const attemptAt = (team: number, at: number) => {
		if (effort.left > 0) attempt(team, at);
		else isWhole = false;
	};
	// The end of each day first: it is where a later end helps most often.
	for (const team of able) attemptAt(team, plan[team]!.length);
	for (const team of able) for (let at = 0; isWhole && at < plan[team]!.length; at++) attemptAt(team, at);
	for (const team of able) if (effort.left > 0) skips(trial, team, visit, effort, offer);
	if (best.size === 0) for (const team of able) if (effort.left > 0) skipsTwo(trial, team, visit, effort, offer);
	const order: Change['change'][] = ['prize', 'later', 'skip', 'capacity', 'window', 'skipTwo'];
	const changes = order.flatMap((kind) => best.get(kind)?.change ?? []).slice(0, 3);
	return { changes, dearer, isWhole };
}

/** Which one visit of a day would have to go; the one that is worth the least. */
function skips(trial: Trial, team: number, visit: number, effort: Effort, offer: Offer): void {
	const { model, plan } = trial;
	const visits = plan[team]!;
	const byPrize = visits
		.map((other, at) => ({ other, at }))
		.sort((a, b) => model.prize[a.other]! - model.prize[b.other]!);
	for (const { other, at } of byPrize) {
		if (model.followers.length && model.after.includes(other)) continue;
		const isMust = model.must[other] === 1;
		const { problem } = model;
		const id = problem.visits[other]!.id;
		const change: Change = { change: 'skip', team: problem.teams[team]!.id, visit: id, isMust };
		if (without(trial, team, visits.toSpliced(at, 1), visit, effort, change, model.prize[other]!, offer)) return;
	}
}

/** Which two visits, one after the other, would have to go where one is not enough: those that are worth the least. */
function skipsTwo(trial: Trial, team: number, visit: number, effort: Effort, offer: Offer): void {
	const { model, plan } = trial;
	const visits = plan[team]!;
	const pairs = visits
		.slice(1)
		.map((second, at) => ({ pair: [visits[at]!, second] as const, at }))
		.map((one) => ({ ...one, prize: model.prize[one.pair[0]]! + model.prize[one.pair[1]]! }))
		.sort((a, b) => a.prize - b.prize);
	const { problem } = model;
	for (const { pair, at, prize } of pairs) {
		if (model.followers.length && pair.some((one) => model.after.includes(one))) continue;
		const ids = pair.map((one) => problem.visits[one]!.id) as [string, string];
		const isMust = pair.some((one) => model.must[one] === 1);
		const change: Change = { change: 'skipTwo', team: problem.teams[team]!.id, visits: ids, isMust };
		if (without(trial, team, visits.toSpliced(at, 2), visit, effort, change, prize, offer)) return;
	}
}

/** Tries the visit between those that remain; true when that is an answer, or none is needed from this team any more. */
function without(
	trial: Trial,
	team: number,
	rest: readonly number[],
	visit: number,
	effort: Effort,
	change: Change,
	prize: number,
	offer: Offer,
): boolean {
	const { model } = trial;
	for (let gap = 0; gap <= rest.length && effort.left > 0; gap++) {
		effort.left -= rest.length + 1;
		const order = rest.toSpliced(gap, 0, visit);
		const day = timeDay(model, team, order);
		if (day.broken > 0 || day.load > model.capacity[team]! + ROUNDING) continue;
		const fits = () => (trial.with(team, order, effort)?.broken ?? 1) <= 0;
		if (offer(change, prize, fits) !== 'fails') return true;
	}
	return false;
}
