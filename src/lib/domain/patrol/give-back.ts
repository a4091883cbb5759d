// Visits that were given up for another, once that one is no longer made by the team that gave them up.

import { evaluate, type Draft, type Evaluation } from './evaluate.ts';
import { compile } from './model.ts';
import type { Problem } from './problem.ts';
import { insertEmergency, type ReplanOptions } from './replan.ts';
import type { TravelEstimate } from './travel.ts';

/**
 * Puts each visit back where it costs least and moves none for it.
 *
 * @returns with the visits that are back; one that fits nowhere any more stays out
 */
export function giveBack(
	problem: Problem,
	estimate: TravelEstimate,
	drafts: readonly Draft[],
	visits: readonly string[],
	options: Pick<ReplanOptions, 'now' | 'over'>,
): { drafts: Draft[]; back: string[]; after: Evaluation } {
	let now = [...drafts];
	const back: string[] = [];
	for (const visit of visits) {
		const answer = insertEmergency(problem, estimate, now, visit, { ...options, most: 0 });
		if (!answer.ok) continue;
		now = answer.drafts;
		back.push(visit);
	}
	return { drafts: now, back, after: evaluate(compile(problem, estimate), now) };
}
