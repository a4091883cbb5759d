// How long the drive to each stop of a day is, as a phone shows it: a break or a wait before a gate is no driving.

import type { Problem } from '../patrol/problem.ts';
import { legMinutes, type TravelEstimate } from '../patrol/travel.ts';

/**
 * @param stops - of one team, in their order; one that was dropped is driven past
 * @returns minutes by visit
 */
export function drivesOf(
	problem: Problem,
	estimate: TravelEstimate,
	stops: readonly { team: string; key: string; state: string }[],
): Map<string, number> {
	const team = problem.teams.find(({ id }) => id === stops[0]?.team);
	if (!team) return new Map();
	const placeOf = new Map(problem.visits.map(({ id, place }) => [id, place]));
	const driven = stops.filter(({ key, state }) => state !== 'dropped' && placeOf.has(key));
	const legs = legMinutes(problem, estimate, [team.from, ...driven.map(({ key }) => placeOf.get(key)!)]);
	return new Map(driven.map(({ key }, index) => [key, legs[index]!]));
}
