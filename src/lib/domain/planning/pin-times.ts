// Visits that have been promised for a moment: the plan is made around them.

import type { Problem } from '../patrol/problem.ts';
import type { Template } from './template.ts';

/** Minutes of the day by visit. */
export type Pins = Readonly<Record<string, number>>;

/**
 * @param pins - work starts at exactly that minute; every other visit of the day is open as its kind of day has it
 * @returns the same problem where nothing is pinned and nothing was
 */
export function pinTimes(
	problem: Problem,
	{ windows }: Pick<Template, 'windows'>,
	pins: Pins,
	before: Pins = {},
): Problem {
	const isChanged = (id: string) => pins[id] !== before[id];
	if (!problem.visits.some(({ id }) => isChanged(id))) return problem;
	return {
		...problem,
		visits: problem.visits.map((visit) => {
			if (!isChanged(visit.id)) return visit;
			const at = pins[visit.id];
			return { ...visit, windows: at === undefined ? windows : [[at, at]] };
		}),
	};
}

/** What is pinned in a plan. */
export function pinsOf(visits: readonly { key: string; pinnedAt?: number }[]): Pins {
	return Object.fromEntries(visits.flatMap(({ key, pinnedAt }) => (pinnedAt === undefined ? [] : [[key, pinnedAt]])));
}
