// One lift of a tower crane: rig, raise, slew and trolley, lower, unhook, and back empty. Positions at any second of it.

import type { Random } from '#lib/domain/random.ts';
import { travelled, travelTime, type Drive } from './travel.ts';

export interface CraneSize {
	jibM: number;
	heightM: number;
	ratedMomentKnm: number;
}

export interface Pose {
	/** Degrees, not wrapped. */
	slewDeg: number;
	radiusM: number;
	/** Metres from jib to hook. */
	hookM: number;
}

/** A stretch of a lift in which every motion goes from one pose to the next. */
interface Leg {
	to: Pose;
	loadT: number;
	/** Seconds; motions that are faster wait. */
	lastsS: number;
}

export interface Lift {
	from: Pose;
	legs: Leg[];
	lastsS: number;
}

/** 0.6 turns a minute at most, as tower cranes slew. */
export const SLEW: Drive = { speed: 3.6, acceleration: 0.3 };
export const TROLLEY: Drive = { speed: 0.7, acceleration: 0.25 };
export const HOIST: Drive = { speed: 0.9, acceleration: 0.3 };
const G = 9.81;
const SMALLEST_RADIUS_M = 4;
/** Clear of everything on the way. */
const TRAVEL_HOOK_M = 6;
/** Where a load is put down in a hurry: four storeys below the hook at most. */
const NEAREST_FLOOR_M = 12;
const UNHOOK_S = 15;

/** Rated moment that goes with a jib of that length, kN·m; the register does not tell a device its own. */
export function momentOfJib(jibM: number): number {
	return jibM < 46 ? 400 : jibM < 53 ? 630 : jibM < 59 ? 800 : jibM < 62 ? 1000 : jibM < 66 ? 1250 : 2500;
}

export function momentPercent(loadT: number, radiusM: number, ratedMomentKnm: number): number {
	return (100 * loadT * G * radiusM) / ratedMomentKnm;
}

/**
 * @param peakPercent - largest load moment on the way, percent of the rated one
 */
export function planLift(random: Random, size: CraneSize, from: Pose, peakPercent: number): Lift {
	const spot = (slewDeg: number): Pose => ({
		slewDeg,
		radiusM: random.between(Math.min(12, size.jibM / 3), size.jibM - 2),
		hookM: Math.max(TRAVEL_HOOK_M + 2, size.heightM - 2 - random.between(0, size.heightM * 0.6)),
	});
	const pick = spot(from.slewDeg + random.between(-70, 70));
	const drop = spot(pick.slewDeg + random.pick([-1, 1]) * random.between(35, 165));
	pick.hookM = Math.max(TRAVEL_HOOK_M + 2, size.heightM - 2);
	const loadT =
		(peakPercent / 100) * (size.ratedMomentKnm / G / Math.max(pick.radiusM, drop.radiusM, SMALLEST_RADIUS_M));

	const { legs, go, wait } = course(from);
	go({ hookM: TRAVEL_HOOK_M }, 0);
	go({ slewDeg: pick.slewDeg, radiusM: pick.radiusM }, 0);
	go({ hookM: pick.hookM }, 0);
	wait(random.between(25, 70), 0);
	wait(random.between(4, 9), loadT);
	go({ hookM: TRAVEL_HOOK_M }, loadT);
	go({ slewDeg: drop.slewDeg, radiusM: drop.radiusM }, loadT);
	go({ hookM: drop.hookM }, loadT);
	wait(random.between(10, 25), loadT);
	wait(random.between(20, 50), 0);
	return liftOf(from, legs);
}

/** The end of a lift that is told to stop: what hangs comes down on the nearest floor, an empty hook stays where it is. */
export function breakOff({ loadT, ...from }: Pose & { loadT: number }, { heightM }: CraneSize): Lift {
	const { legs, go, wait } = course(from);
	if (loadT > 0) {
		go({ hookM: Math.max(from.hookM, Math.min(heightM - 2, from.hookM + NEAREST_FLOOR_M)) }, loadT);
		wait(UNHOOK_S, loadT);
	}
	wait(1, 0);
	return liftOf(from, legs);
}

/** Legs that follow each other, from a pose on. */
function course(from: Pose) {
	const legs: Leg[] = [];
	let at = from;
	return {
		legs,
		go(to: Partial<Pose>, load: number) {
			const next = { ...at, ...to };
			legs.push({ to: next, loadT: load, lastsS: Math.max(legTime(at, next), 1) });
			at = next;
		},
		wait: (seconds: number, load: number) => void legs.push({ to: at, loadT: load, lastsS: seconds }),
	};
}

function liftOf(from: Pose, legs: Leg[]): Lift {
	return { from, legs, lastsS: legs.reduce((sum, leg) => sum + leg.lastsS, 0) };
}

function legTime(from: Pose, to: Pose): number {
	return Math.max(
		travelTime(to.slewDeg - from.slewDeg, SLEW),
		travelTime(to.radiusM - from.radiusM, TROLLEY),
		travelTime(to.hookM - from.hookM, HOIST),
	);
}

/** Where the hook is `seconds` into the lift, and what hangs on it. */
export function poseAt({ from, legs }: Lift, seconds: number): Pose & { loadT: number } {
	let start = from;
	let left = seconds;
	for (const leg of legs) {
		if (left < leg.lastsS) {
			return {
				slewDeg: start.slewDeg + travelled(leg.to.slewDeg - start.slewDeg, SLEW, left),
				radiusM: start.radiusM + travelled(leg.to.radiusM - start.radiusM, TROLLEY, left),
				hookM: start.hookM + travelled(leg.to.hookM - start.hookM, HOIST, left),
				loadT: leg.loadT,
			};
		}
		left -= leg.lastsS;
		start = leg.to;
	}
	return { ...start, loadT: 0 };
}
