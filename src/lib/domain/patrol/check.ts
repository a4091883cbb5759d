// Whether a problem can be understood at all: every name known, every number a number, every table whole.

import type { Problem, Team, Visit } from './problem.ts';

/** Larger problems are refused: the search would not end in useful time on a bureau's machine. */
export const MOST_VISITS = 5000;

/**
 * @returns what is wrong, where, and what is expected, one sentence each; empty when the problem is sound.
 *   A sound problem may still leave must-visits unplanned, when they fit no team.
 */
export function problemFaults(problem: Problem): string[] {
	const faults: string[] = [];
	const places = new Set<string>();
	if (!Array.isArray(problem?.places) || !problem.places.length) return ['“places” must list at least one place.'];
	if (!Array.isArray(problem.teams) || !problem.teams.length) return ['“teams” must list at least one team.'];
	if (!Array.isArray(problem.visits)) return ['“visits” must be a list.'];
	if (problem.visits.length > MOST_VISITS)
		return [`“visits” has ${problem.visits.length} entries; ${MOST_VISITS} are the most that can be planned at once.`];

	for (const place of problem.places) {
		if (places.has(place.id)) faults.push(`Place “${place.id}” stands twice in “places”.`);
		places.add(place.id);
		if (place.at && !(place.at.length === 2 && place.at.every(Number.isFinite)))
			faults.push(`Place “${place.id}”: “at” must be [longitude, latitude].`);
	}
	faults.push(...tableFaults(problem));
	const teams = new Set<string>();
	for (const team of problem.teams) {
		if (teams.has(team.id)) faults.push(`Team “${team.id}” stands twice in “teams”.`);
		teams.add(team.id);
		faults.push(...teamFaults(team, places));
	}
	const visits = new Map(problem.visits.map((visit) => [visit.id, visit]));
	if (visits.size < problem.visits.length) faults.push('Visit ids must differ; at least one stands twice.');
	for (const visit of problem.visits) faults.push(...visitFaults(visit, places, teams, visits));
	for (const [name, weight] of Object.entries(problem.weights ?? {}))
		if (!(Number.isFinite(weight) && weight >= 0)) faults.push(`Weight “${name}” must be a number of 0 or more.`);
	return faults;
}

function tableFaults({ places, matrix }: Problem): string[] {
	const faults: string[] = [];
	for (const name of ['minutes', 'km'] as const) {
		const table = matrix?.[name];
		if (!table) continue;
		if (!Array.isArray(table) || table.length !== places.length)
			faults.push(`matrix.${name} must have one row per place: ${places.length}, not ${table.length}.`);
		else
			table.forEach((row, from) => {
				const hole = Array.from({ length: places.length }, (_, to) => row?.[to]).findIndex(
					(value) => !(typeof value === 'number' && Number.isFinite(value) && value >= 0),
				);
				if (hole >= 0 || row.length !== places.length)
					faults.push(
						`matrix.${name}, from “${places[from]!.id}” to “${places[hole]?.id ?? 'a place that is not listed'}”: a number of 0 or more is expected.`,
					);
			});
	}
	if (!(matrix?.minutes && matrix?.km)) {
		const nowhere = places.find((place) => !place.at);
		if (nowhere && !matrix?.minutes && !matrix?.km)
			faults.push(`Place “${nowhere.id}” needs “at”, because there is no matrix to take its travel times from.`);
	}
	return faults;
}

function teamFaults(team: Team, places: Set<string>): string[] {
	const faults: string[] = [];
	const say = (what: string) => faults.push(`Team “${team.id}”: ${what}`);
	if (!places.has(team.from)) say(`“from” names “${team.from}”, which is not among the places.`);
	if (team.to !== null && !places.has(team.to)) say(`“to” names “${team.to}”, which is not among the places.`);
	if (!isWindow(team.shift)) say('“shift” must be [from, to] with from before or at to.');
	if (team.capacity !== undefined && !(team.capacity >= 0)) say('“capacity” must be 0 or more.');
	for (const rest of team.breaks ?? [])
		if (!isWindow(rest.window) || !(rest.minutes >= 0))
			say('a break must have a “window” [from, to] and “minutes” of 0 or more.');
	return faults;
}

function visitFaults(visit: Visit, places: Set<string>, teams: Set<string>, visits: Map<string, Visit>): string[] {
	const faults: string[] = [];
	const say = (what: string) => faults.push(`Visit “${visit.id}”: ${what}`);
	if (!places.has(visit.place)) say(`“place” names “${visit.place}”, which is not among the places.`);
	if (!(Number.isFinite(visit.minutes) && visit.minutes >= 0)) say('“minutes” must be a number of 0 or more.');
	for (const window of visit.windows ?? [])
		if (!isWindow(window)) say(`window [${String(window)}] must be [from, to] with from before or at to.`);
	if (visit.load !== undefined && !(visit.load >= 0)) say('“load” must be 0 or more.');
	if (visit.prize !== undefined && !(Number.isFinite(visit.prize) && visit.prize >= 0))
		say('“prize” must be 0 or more.');
	if (visit.team && !teams.has(visit.team)) say(`“team” names “${visit.team}”, which is not among the teams.`);
	if (visit.after) {
		if (!visits.has(visit.after)) say(`“after” names “${visit.after}”, which is not among the visits.`);
		const seen = new Set([visit.id]);
		for (let other = visits.get(visit.after); other; other = other.after ? visits.get(other.after) : undefined) {
			if (seen.has(other.id)) {
				say('“after” leads in a circle.');
				break;
			}
			seen.add(other.id);
		}
	}
	return faults;
}

function isWindow(window: unknown): window is [number, number] {
	if (!Array.isArray(window) || window.length !== 2) return false;
	const [from, to] = window as unknown[];
	return (
		typeof from === 'number' && typeof to === 'number' && Number.isFinite(from) && Number.isFinite(to) && from <= to
	);
}
