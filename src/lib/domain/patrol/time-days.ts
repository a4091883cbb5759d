// The times of all teams' days together: a visit that follows one of another team waits until that one has been left.

import type { Model } from './model.ts';
import { ROUNDING } from './rounding.ts';
import { timeDay, type Bounds, type TimedDay } from './time-route.ts';

export interface Day {
	team: number;
	visits: number[];
}

interface Timed {
	days: TimedDay[];
	bounds: Bounds;
	/** All minutes by which rules of time are broken. */
	broken: number;
}

/** Every team rests where its day ends soonest, and later than that where another would else wait too long for it. */
export function timeDays(model: Model, days: readonly Day[]): TimedDay[] {
	if (model.followers.length === 0) return days.map(({ team, visits }) => timeDay(model, team, visits));
	let best = timedInTurn(model, days, {});
	for (let now: Timed | undefined = best; now && now.broken > ROUNDING;) {
		now = leastBroken(held(model, days, now).map((leaveBy) => timedInTurn(model, days, leaveBy)));
		if (!now || now.broken > best.broken + ROUNDING) break;
		if (now.broken < best.broken) best = now;
	}
	return best.days;
}

/** Each pass settles at least one follower; what is not settled by then waits in a circle. */
function timedInTurn(model: Model, days: readonly Day[], leaveBy: Bounds['leaveBy']): Timed {
	const noEarlier: Record<number, number> = {};
	const bounds = { noEarlier, leaveBy };
	const timed = days.map(({ team, visits }) => timeDay(model, team, visits, bounds));
	for (let pass = 0, isSettled = false; !isSettled && pass <= model.followers.length; pass++) {
		isSettled = true;
		const leave = leaveTimes(days, timed);
		days.forEach(({ team, visits }, i) => {
			let hasMoved = false;
			for (const visit of visits) {
				const before = model.after[visit]!;
				const left = before < 0 || visits.includes(before) ? undefined : leave.get(before);
				if (left === undefined || Math.abs(left - (noEarlier[visit] ?? -Infinity)) <= ROUNDING) continue;
				noEarlier[visit] = left;
				hasMoved = true;
			}
			if (!hasMoved) return;
			timed[i] = timeDay(model, team, visits, bounds);
			isSettled = false;
		});
	}
	return { days: timed, bounds, broken: timed.reduce((sum, { broken }) => sum + broken, 0) };
}

/** Bounds by which one of those that a broken day waits for, itself or by others, is left sooner: its team rests later. */
function held(model: Model, days: readonly Day[], { days: timed, bounds }: Timed): Bounds['leaveBy'][] {
	const dayOf = new Map(days.flatMap(({ visits }, i) => visits.map((visit) => [visit, i] as const)));
	const looked = new Set<number>();
	const found: Bounds['leaveBy'][] = [];
	const look = (i: number): void => {
		if (looked.has(i)) return;
		looked.add(i);
		const { team, visits } = days[i]!;
		// Where breaks can be laid otherwise, one may wait that does not wait now.
		const mayRest = model.breakAt[team]! < model.breakAt[team + 1]!;
		visits.forEach((visit, at) => {
			const other = bounds.noEarlier[visit] === undefined ? undefined : dayOf.get(model.after[visit]!);
			if (other === undefined) return;
			if (!mayRest && at > 0 && timed[i]!.arrive[at]! > bounds.noEarlier[visit]!) return;
			const before = model.after[visit]!;
			const stop = days[other]!.visits.indexOf(before);
			const { couldLeave, leave } = timed[other]!;
			const sooner = couldLeave[stop]!.filter((by) => by < leave[stop]! - ROUNDING);
			if (sooner.length > 0) found.push({ ...bounds.leaveBy, [before]: Math.max(...sooner) });
			look(other);
		});
	};
	timed.forEach(({ broken }, i) => broken > ROUNDING && look(i));
	return found;
}

function leastBroken(all: readonly Timed[]): Timed | undefined {
	return all.reduce<Timed | undefined>((least, one) => (least && least.broken <= one.broken ? least : one), undefined);
}

function leaveTimes(days: readonly Day[], timed: readonly TimedDay[]): Map<number, number> {
	return new Map(days.flatMap(({ visits }, i) => visits.map((visit, at) => [visit, timed[i]!.leave[at]!] as const)));
}

/** Visits that begin before the one they follow has been left, or that follow one nobody makes; with that one. */
export function ordersBroken(
	model: Model,
	days: readonly Day[],
	timed: readonly TimedDay[],
): { team: number; visit: number; before: number }[] {
	if (model.followers.length === 0) return [];
	const leave = leaveTimes(days, timed);
	return days.flatMap(({ team, visits }, i) =>
		visits.flatMap((visit, at) => {
			const before = model.after[visit]!;
			if (before < 0 || timed[i]!.start[at]! >= (leave.get(before) ?? Infinity) - ROUNDING) return [];
			return [{ team, visit, before }];
		}),
	);
}
