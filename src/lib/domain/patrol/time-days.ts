// The times of all teams' days together: a visit that follows one of another team waits until that one has been left.

import type { Model } from './model.ts';
import { ROUNDING } from './rounding.ts';
import { timeDay, type Bounds, type TimedDay } from './time-route.ts';

export interface Day {
	team: number;
	visits: number[];
}

/** Rests put off one after the other that by themselves make nothing better: two together may. */
const PATIENCE = 6;

interface Timed {
	days: TimedDay[];
	bounds: Bounds;
	/** All minutes by which rules of time are broken. */
	broken: number;
}

/** Every team rests where its day ends soonest, and later than that where another would else wait too long for it. */
export function timeDays(model: Model, days: readonly Day[]): TimedDay[] {
	if (model.followers.length === 0) return days.map(({ team, visits }) => timeDay(model, team, visits));
	const waiting = waitingOf(model, days);
	let best = timedInTurn(model, days, waiting);
	for (let now = best, idle = 0; now.broken > ROUNDING && idle < PATIENCE; idle++) {
		const tried = laterRests(model, days, now).map(([visit, by]) => timedInTurn(model, days, waiting, now, visit, by));
		const next = tried.reduce<Timed | undefined>((a, b) => (a && a.broken <= b.broken ? a : b), undefined);
		if (!next || next.broken > best.broken + ROUNDING) break;
		now = next;
		if (now.broken >= best.broken - ROUNDING) continue;
		best = now;
		idle = -1;
	}
	return best.days;
}

/** Per visit, those of other teams that begin only once it has been left, with their days. */
type Waiting = ReadonlyMap<number, { visit: number; day: number }[]>;

function waitingOf(model: Model, days: readonly Day[]): Waiting {
	const waiting = new Map<number, { visit: number; day: number }[]>();
	days.forEach(({ visits }, day) => {
		for (const visit of visits) {
			const before = model.after[visit]!;
			if (before < 0 || visits.includes(before)) continue;
			const others = waiting.get(before);
			if (others) others.push({ visit, day });
			else waiting.set(before, [{ visit, day }]);
		}
	});
	return waiting;
}

/**
 * Times all days, or of days timed already those that change when a visit has to be left by a moment. Each pass settles
 * at least one who waits; what is not settled by then waits in a circle.
 */
function timedInTurn(model: Model, days: readonly Day[], waiting: Waiting, from?: Timed, visit = -1, by = 0): Timed {
	const timed = [...(from?.days ?? [])];
	const noEarlier: Record<number, number> = { ...from?.bounds.noEarlier };
	const bounds = { noEarlier, leaveBy: visit < 0 ? {} : { ...from?.bounds.leaveBy, [visit]: by } };
	let due = new Set(visit < 0 ? days.keys() : [days.findIndex(({ visits }) => visits.includes(visit))]);
	for (let pass = 0; due.size > 0 && pass <= model.followers.length + 1; pass++) {
		const next = new Set<number>();
		for (const i of due) timed[i] = timeDay(model, days[i]!.team, days[i]!.visits, bounds);
		for (const i of due)
			days[i]!.visits.forEach((before, at) => {
				const left = timed[i]!.leave[at]!;
				for (const other of waiting.get(before) ?? []) {
					if (Math.abs(left - (noEarlier[other.visit] ?? -Infinity)) <= ROUNDING) continue;
					noEarlier[other.visit] = left;
					next.add(other.day);
				}
			});
		due = next;
	}
	return { days: timed, bounds, broken: timed.reduce((sum, { broken }) => sum + broken, 0) };
}

/** Visits that a broken day waits for, itself or by others, with the next moment by which each is left if its team rests later. */
function laterRests(model: Model, days: readonly Day[], { days: timed, bounds }: Timed): [number, number][] {
	const dayOf = new Map(days.flatMap(({ visits }, i) => visits.map((visit) => [visit, i] as const)));
	const looked = new Set<number>();
	const found: [number, number][] = [];
	const look = (i: number): void => {
		if (looked.has(i)) return;
		looked.add(i);
		const { team, visits } = days[i]!;
		// Where breaks can be laid otherwise, one may wait that does not wait now.
		const mayRest = model.breakAt[team]! < model.breakAt[team + 1]!;
		visits.forEach((visit, at) => {
			const before = model.after[visit]!;
			const other = bounds.noEarlier[visit] === undefined ? undefined : dayOf.get(before);
			if (other === undefined) return;
			if (!mayRest && at > 0 && timed[i]!.arrive[at]! > bounds.noEarlier[visit]!) return;
			const { couldLeave, leave } = timed[other]!;
			const stop = days[other]!.visits.indexOf(before);
			const sooner = couldLeave[stop]!.filter((by) => by < leave[stop]! - ROUNDING);
			if (sooner.length > 0) found.push([before, Math.max(...sooner)]);
			look(other);
		});
	};
	timed.forEach(({ broken }, i) => broken > ROUNDING && look(i));
	return found;
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
