// The times of one team's day: when it arrives, works and leaves, where its breaks lie, and by how many minutes it
// breaks which rule of time. Unlike the search it also answers for days that cannot be driven as they stand.

import type { Model } from './model.ts';
import { ROUNDING } from './rounding.ts';

export interface TimedDay {
	/** Per stop, in order. */
	arrive: number[];
	start: number[];
	leave: number[];
	/** Minutes by which work at a stop starts behind its last window. */
	late: number[];
	breaks: { start: number; end: number; late: number }[];
	/** Back at the end place, or done with the last stop (and break) where the day may end anywhere. */
	end: number;
	/** Minutes past the end of the shift. */
	over: number;
	/** All minutes by which rules of time are broken. */
	broken: number;
	minutes: number;
	km: number;
	/** Minutes travelled and worked. */
	work: number;
	cost: number;
	load: number;
	/** Per stop, when it could be left, by the count of breaks taken before. */
	couldLeave: number[][];
}

/** Bounds that visits of other teams put on this one's; by visit, in minutes. */
export interface Bounds {
	/** Work may not start before. */
	noEarlier: Readonly<Record<number, number>>;
	/** The visit should be left by then. */
	leaveBy: Readonly<Record<number, number>>;
}

/** A day up to a point with a count of breaks behind it: the less is broken and the earlier, the better. */
interface Moment {
	time: number;
	broken: number;
	before: Moment | undefined;
	/** What was done last. */
	did: 'begin' | 'drive' | 'work' | 'rest';
	from: number;
	late: number;
}

/** @returns with the breaks where they break the fewest rules, then where the day ends soonest */
export function timeDay(model: Model, team: number, visits: readonly number[], bounds?: Bounds): TimedDay {
	const first = model.breakAt[team]!;
	const breaks = model.breakAt[team + 1]! - first;
	const used = visits.length > 0;
	let moments: (Moment | undefined)[] = [
		{ time: model.shiftFrom[team]!, broken: 0, before: undefined, did: 'begin', from: 0, late: 0 },
	];
	const couldLeave: number[][] = [];
	let here = model.from[team]!;
	const sums = { minutes: 0, km: 0, work: 0, cost: 0, load: 0 };
	const travel = (place: number) => {
		const leg = here * model.places + place;
		sums.minutes += model.minutes[leg]!;
		sums.km += model.km[leg]!;
		sums.cost += model.cost[leg]!;
		here = place;
		return model.minutes[leg]!;
	};
	for (const visit of visits) {
		const drive = travel(model.place[visit]!);
		moments = rested(model, first, breaks, moments).map((at) => at && driven(at, drive));
		moments = rested(model, first, breaks, moments).map((at) => at && worked(model, visit, at, bounds));
		couldLeave.push(moments.flatMap((at) => (at && at.broken === 0 ? [at.time] : [])));
		sums.work += model.service[visit]!;
		sums.load += model.load[visit]!;
	}
	if (used) {
		const home = travel(model.to[team]!);
		moments = rested(model, first, breaks, moments).map((at) => at && driven(at, home));
		moments = rested(model, first, breaks, moments);
	}
	const last = used ? moments[breaks]! : moments[0]!;
	const over = Math.max(0, last.time - model.shiftTo[team]!);
	return {
		...unrolled(last, used),
		end: last.time,
		over: over > ROUNDING ? over : 0,
		broken: last.broken + (over > ROUNDING ? over : 0),
		...sums,
		work: sums.work + sums.minutes,
		couldLeave,
	};
}

/** Every moment with the breaks that could be taken right there. */
function rested(model: Model, first: number, breaks: number, moments: (Moment | undefined)[]): (Moment | undefined)[] {
	const all: (Moment | undefined)[] = [];
	for (let taken = 0; taken <= breaks; taken++) {
		const fresh = taken > 0 ? all[taken - 1] : undefined;
		const resting = fresh && restedOnce(model, first + taken - 1, fresh);
		const going = moments[taken];
		all.push(!resting || (going && !isBetter(resting, going)) ? going : resting);
	}
	return all;
}

function restedOnce({ breakFrom, breakTo, breakMinutes }: Model, rest: number, before: Moment): Moment {
	const from = Math.max(before.time, breakFrom[rest]!);
	const late = beyond(from, breakTo[rest]!);
	return { time: from + breakMinutes[rest]!, broken: before.broken + late, before, did: 'rest', from, late };
}

function driven(before: Moment, minutes: number): Moment {
	return { time: before.time + minutes, broken: before.broken, before, did: 'drive', from: before.time, late: 0 };
}

function worked(model: Model, visit: number, before: Moment, bounds: Bounds | undefined): Moment {
	const ready = Math.max(before.time, bounds?.noEarlier[visit] ?? -Infinity);
	let from = ready;
	let late = Math.max(0, ready - model.closes[visit]!);
	for (let w = model.windowAt[visit]!; w < model.windowAt[visit + 1]!; w++)
		if (ready <= model.windowTo[w]! + ROUNDING) {
			from = Math.max(ready, model.windowFrom[w]!);
			late = 0;
			break;
		}
	const time = from + model.service[visit]!;
	const broken = before.broken + late + beyond(time, bounds?.leaveBy[visit] ?? Infinity);
	return { time, broken, before, did: 'work', from, late };
}

function isBetter(a: Moment, b: Moment): boolean {
	return a.broken < b.broken - ROUNDING || (a.broken <= b.broken + ROUNDING && a.time < b.time);
}

function beyond(time: number, limit: number): number {
	return time > limit + ROUNDING ? time - limit : 0;
}

function unrolled(last: Moment, used: boolean): Pick<TimedDay, 'arrive' | 'start' | 'leave' | 'late' | 'breaks'> {
	const chain: Moment[] = [];
	for (let at: Moment | undefined = last; at; at = at.before) chain.unshift(at);
	const day: ReturnType<typeof unrolled> = { arrive: [], start: [], leave: [], late: [], breaks: [] };
	for (const [i, { did, from, time, late }] of chain.entries()) {
		if (did === 'rest') day.breaks.push({ start: from, end: time, late });
		if (did === 'drive') day.arrive.push(time);
		if (did !== 'work') continue;
		day.start.push(from);
		day.leave.push(time);
		day.late.push(late);
		// Nobody sets out early only to wait at the first door.
		if (day.start.length === 1 && chain[i - 1]!.did === 'drive' && day.breaks.length === 0) day.arrive[0] = from;
	}
	if (used) day.arrive.length = day.start.length;
	return day;
}
