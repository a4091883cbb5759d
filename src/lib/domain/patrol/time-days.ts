// The times of all teams' days together: a visit that follows one of another team waits until that one has been left.

import type { Model } from './model.ts';
import { ROUNDING } from './rounding.ts';
import { timeDay, type TimedDay } from './time-route.ts';

export interface Day {
	team: number;
	visits: number[];
}

export function timeDays(model: Model, days: readonly Day[]): TimedDay[] {
	const bounds = { noEarlier: {} as Record<number, number>, leaveBy: {} as Record<number, number> };
	const timed = days.map(({ team, visits }) => timeDay(model, team, visits));
	if (model.followers.length === 0) return timed;
	const isAwaited = new Set(Array.from(model.followers, (visit) => model.after[visit]!));

	/** Times a day anew; who is waited for is left as early as the rest of the day allows. */
	const settle = (i: number) => {
		const { team, visits } = days[i]!;
		for (const visit of visits) delete bounds.leaveBy[visit];
		timed[i] = timeDay(model, team, visits, bounds);
		if (model.breakAt[team] === model.breakAt[team + 1]) return;
		const unbroken = timed[i]!.broken + ROUNDING;
		visits.forEach((visit, at) => {
			if (!isAwaited.has(visit)) return;
			for (const by of timed[i]!.couldLeave[at]!.filter((by) => by < timed[i]!.leave[at]!).sort((a, b) => a - b)) {
				bounds.leaveBy[visit] = by;
				const sooner = timeDay(model, team, visits, bounds);
				if (sooner.broken > unbroken) continue;
				timed[i] = sooner;
				return;
			}
			delete bounds.leaveBy[visit];
		});
	};

	days.forEach((_, i) => settle(i));
	// Each pass settles at least one follower; what is not settled by then waits in a circle.
	for (let pass = 0, isSettled = false; !isSettled && pass <= model.followers.length; pass++) {
		isSettled = true;
		const leave = new Map<number, number>();
		days.forEach(({ visits }, i) => visits.forEach((visit, at) => leave.set(visit, timed[i]!.leave[at]!)));
		days.forEach(({ visits }, i) => {
			let hasMoved = false;
			for (const visit of visits) {
				const before = model.after[visit]!;
				const left = before < 0 || visits.includes(before) ? undefined : leave.get(before);
				if (left === undefined || Math.abs(left - (bounds.noEarlier[visit] ?? -Infinity)) <= ROUNDING) continue;
				bounds.noEarlier[visit] = left;
				hasMoved = true;
			}
			if (!hasMoved) return;
			settle(i);
			isSettled = false;
		});
	}
	return timed;
}

/** Visits that begin before the one they follow has been left, or that follow one nobody makes; with that one. */
export function ordersBroken(
	model: Model,
	days: readonly Day[],
	timed: readonly TimedDay[],
): { team: number; visit: number; before: number }[] {
	if (model.followers.length === 0) return [];
	const leave = new Map<number, number>();
	days.forEach(({ visits }, i) => visits.forEach((visit, at) => leave.set(visit, timed[i]!.leave[at]!)));
	return days.flatMap(({ team, visits }, i) =>
		visits.flatMap((visit, at) => {
			const before = model.after[visit]!;
			if (before < 0 || timed[i]!.start[at]! >= (leave.get(before) ?? Infinity) - ROUNDING) return [];
			return [{ team, visit, before }];
		}),
	);
}
