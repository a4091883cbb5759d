// A problem compiled to flat arrays, so that the search touches numbers only. Visits, teams and places are indices.

import type { Problem, Team, Visit } from './problem.ts';
import { travelTables, type TravelEstimate } from './travel.ts';

export interface Model {
	problem: Problem;
	/** Indices by id. */
	visitNo: ReadonlyMap<string, number>;
	teamNo: ReadonlyMap<string, number>;
	visits: number;
	teams: number;
	/** Side of the tables. The last place is nowhere: days that may end anywhere end there, at no distance. */
	places: number;
	/** Place × place, row from: minutes, km, and the cost that is searched on. One array where they are equal. */
	minutes: Float64Array;
	km: Float64Array;
	cost: Float64Array;
	/** The same with rows by destination; the same arrays where the way there is as long as the way back. */
	minutesTo: Float64Array;
	costTo: Float64Array;
	isSymmetric: boolean;
	place: Int32Array;
	service: Float64Array;
	load: Float64Array;
	/** What leaving a visit out costs the search; for a `must` more than any plan could save. */
	prize: Float64Array;
	must: Uint8Array;
	/** Windows of visit v: windowAt[v] … before windowAt[v + 1]. */
	windowAt: Int32Array;
	windowFrom: Float64Array;
	windowTo: Float64Array;
	/** First opening and last closing of each visit. */
	opens: Float64Array;
	closes: Float64Array;
	/** Visits with more than one window or with a predecessor or a follower: their times need more than a comparison. */
	isIntricate: Uint8Array;
	/** Predecessor of a visit, -1 for none. */
	after: Int32Array;
	/** Visits that have a predecessor. */
	followers: Int32Array;
	/** Team × visit: 1 where skills, pins and bans allow. */
	allowed: Uint8Array;
	from: Int32Array;
	to: Int32Array;
	shiftFrom: Float64Array;
	shiftTo: Float64Array;
	capacity: Float64Array;
	/** Cost of using a team at all. */
	teamCost: Float64Array;
	/** weights.fairness / shift length; 0 where fairness is not asked for. */
	fairness: Float64Array;
	/** Breaks of team t: breakAt[t] … before breakAt[t + 1]. */
	breakAt: Int32Array;
	breakFrom: Float64Array;
	breakTo: Float64Array;
	breakMinutes: Float64Array;
	/** Teams of one class are interchangeable for the search while they are empty. */
	teamClass: Int32Array;
}

/** Tie-break on time where a problem's weights leave travel free of charge; far below any real weight. */
const IDLE_COST_PER_MINUTE = 1e-5;

/** @param problem - a sound one: `problemFaults` finds nothing */
export function compile(problem: Problem, estimate: TravelEstimate): Model {
	const { places, teams, visits, weights = {} } = problem;
	const placeNo = new Map(places.map((place, index) => [place.id, index]));
	const visitNo = new Map(visits.map((visit, index) => [visit.id, index]));
	const { minutes, km, size, isEstimated } = travelTables(problem, estimate);
	const cost = costs(minutes, km, weights.minutes ?? 0, weights.km ?? 0);
	const windows = visits.map((visit) =>
		visit.windows?.length ? [...visit.windows].sort((a, b) => a[0] - b[0]) : [[-Infinity, Infinity] as const],
	);
	const breaks = teams.map((team) => [...(team.breaks ?? [])].sort((a, b) => a.window[0] - b.window[0]));
	const after = Int32Array.from(visits, (visit) => (visit.after ? visitNo.get(visit.after)! : -1));
	const isPredecessor = new Set(after);
	const nowhere = places.length;
	const minutesTo = isEstimated ? minutes : transposed(minutes, size);
	const costTo = isEstimated ? cost : cost === minutes ? minutesTo : transposed(cost, size);

	return {
		problem,
		visitNo,
		teamNo: new Map(teams.map((team, index) => [team.id, index])),
		visits: visits.length,
		teams: teams.length,
		places: size,
		minutes,
		km,
		cost,
		minutesTo,
		costTo,
		isSymmetric: minutesTo === minutes && costTo === cost,
		place: Int32Array.from(visits, (visit) => placeNo.get(visit.place)!),
		service: Float64Array.from(visits, (visit) => visit.minutes),
		load: Float64Array.from(visits, (visit) => visit.load ?? 0),
		prize: prizes(problem, cost),
		must: Uint8Array.from(visits, (visit) => (isMust(visit) ? 1 : 0)),
		windowAt: Int32Array.from([0, ...running(windows.map((list) => list.length))]),
		windowFrom: Float64Array.from(windows.flat(), ([from]) => from),
		windowTo: Float64Array.from(windows.flat(), ([, to]) => to),
		opens: Float64Array.from(windows, (list) => list[0]![0]),
		closes: Float64Array.from(windows, (list) => list.reduce((last, [, to]) => Math.max(last, to), -Infinity)),
		isIntricate: Uint8Array.from(windows, (list, visit) =>
			list.length > 1 || after[visit]! >= 0 || isPredecessor.has(visit) ? 1 : 0,
		),
		after,
		followers: Int32Array.from(visits.keys()).filter((visit) => after[visit]! >= 0),
		allowed: Uint8Array.from(teams.flatMap((team) => visits.map((visit) => (mayMake(team, visit) ? 1 : 0)))),
		from: Int32Array.from(teams, (team) => placeNo.get(team.from)!),
		to: Int32Array.from(teams, ({ to }) => (to == null ? nowhere : placeNo.get(to)!)),
		shiftFrom: Float64Array.from(teams, (team) => team.shift[0]),
		shiftTo: Float64Array.from(teams, (team) => team.shift[1]),
		capacity: Float64Array.from(teams, (team) => team.capacity ?? Infinity),
		teamCost: Float64Array.from(teams, (team) => (weights.team ?? 0) + (team.fixedCost ?? 0)),
		fairness: Float64Array.from(teams, ({ shift }) => (weights.fairness ?? 0) / Math.max(1, shift[1] - shift[0])),
		breakAt: Int32Array.from([0, ...running(breaks.map((list) => list.length))]),
		breakFrom: Float64Array.from(breaks.flat(), (rest) => rest.window[0]),
		breakTo: Float64Array.from(breaks.flat(), (rest) => rest.window[1]),
		breakMinutes: Float64Array.from(breaks.flat(), (rest) => rest.minutes),
		teamClass: classes(teams, visits),
	};
}

/** A visit has to be made unless it says otherwise. */
export function isMust(visit: Pick<Visit, 'must'>): boolean {
	return visit.must !== false;
}

/** Whether skills, pins and bans let this team make this visit. */
export function mayMake(team: Team, visit: Visit): boolean {
	return (
		(!visit.team || visit.team === team.id) &&
		!visit.notTeam?.includes(team.id) &&
		(visit.skills ?? []).every((skill) => team.skills?.includes(skill))
	);
}

function costs(minutes: Float64Array, km: Float64Array, perMinute: number, perKm: number): Float64Array {
	if (perMinute === 0 && perKm === 1) return km;
	if (perMinute === 1 && perKm === 0) return minutes;
	const idle = perMinute || perKm ? 0 : IDLE_COST_PER_MINUTE;
	return minutes.map((value, i) => (perMinute + idle) * value + perKm * km[i]!);
}

function transposed(table: Float64Array, size: number): Float64Array {
	let turned: Float64Array | undefined;
	for (let from = 0; from < size; from++)
		for (let to = from + 1; to < size; to++) {
			if (table[from * size + to] === table[to * size + from]) continue;
			turned ??= table.slice();
			turned[to * size + from] = table[from * size + to]!;
			turned[from * size + to] = table[to * size + from]!;
		}
	return turned ?? table;
}

/** The price of leaving a `must` out is above everything a plan could cost, so no search trades one away. */
function prizes({ visits, teams, weights }: Problem, cost: Float64Array): Float64Array {
	let dearest = 0;
	for (const value of cost) if (value > dearest) dearest = value;
	const teamsCost = teams.reduce((sum, team) => sum + (weights?.team ?? 0) + (team.fixedCost ?? 0), 0);
	const optional = visits.reduce((sum, visit) => sum + (isMust(visit) ? 0 : (visit.prize ?? 0)), 0);
	const fairest = teams.reduce((sum, { shift }) => sum + (weights?.fairness ?? 0) * (shift[1] - shift[0]), 0);
	const priceOfMust = 1 + (visits.length + 2 * teams.length) * dearest + optional + teamsCost + fairest;
	return Float64Array.from(visits, (visit) => (isMust(visit) ? priceOfMust : (visit.prize ?? 0)));
}

function classes(teams: Team[], visits: Visit[]): Int32Array {
	const named = new Set(visits.flatMap((visit) => [visit.team ?? '', ...(visit.notTeam ?? [])]));
	const known = new Map<string, number>();
	return Int32Array.from(teams, (team) => {
		const { id, ...rest } = team;
		const key = JSON.stringify(named.has(id) ? team : rest);
		if (!known.has(key)) known.set(key, known.size);
		return known.get(key)!;
	});
}

function running(counts: number[]): number[] {
	let sum = 0;
	return counts.map((count) => (sum += count));
}
