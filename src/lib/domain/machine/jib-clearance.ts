// How near two tower cranes come to each other, from what their boxes say. Of a pair the one with the lower jib must
// give way: its jib can strike the mast and the rope of the higher one, never its jib, unless both are at one height.

import { distanceM, type LngLat } from '../geo.ts';
import type { Rule } from '../rule.ts';

export interface CranePlace {
	at: LngLat;
	jibM: number;
	/** Length of the counter-jib; 0 when it is not known. */
	counterJibM: number;
	/** Height of the jib above ground. */
	heightM: number;
}

/** How a crane stands at a moment. NaN for what its box does not say. */
export interface CranePose {
	slewDeg: number;
	/** Trolley from the mast. */
	radiusM: number;
	/** Jib to hook. */
	hookM: number;
}

export interface ClearanceRules {
	/** Metres of height between the highest part of the lower and the lowest part of the higher crane. */
	verticalGap: Rule;
	/** Metres between the lower jib's tip and the other's mast. */
	tipToMast: Rule;
}

type XY = readonly [x: number, y: number];
type Line = readonly [XY, XY];

/** Whether two cranes can come near each other at all. */
export function canMeet(a: CranePlace, b: CranePlace, withinM: number): boolean {
	return distanceM(a.at, b.at) <= a.jibM + b.jibM + withinM;
}

/** Of a pair, whether `a` has the lower jib and must give way; at the same height the one named first. */
export function mustGiveWay(a: CranePlace, b: CranePlace): boolean {
	return a.heightM <= b.heightM;
}

/**
 * What already the installation breaks: GB 5144-2006 10.5. `tip`: the lower jib reaches nearer to the other mast than
 * allowed; `gap`: jibs that overlap have too little height between them.
 */
export function standsTooNear(a: CranePlace, b: CranePlace, rules: ClearanceRules): ('tip' | 'gap')[] {
	const [lower, higher] = mustGiveWay(a, b) ? [a, b] : [b, a];
	const apartM = distanceM(a.at, b.at);
	const found: ('tip' | 'gap')[] = [];
	if (apartM - lower.jibM < rules.tipToMast.value) found.push('tip');
	if (apartM < a.jibM + b.jibM && higher.heightM - lower.heightM < rules.verticalGap.value) found.push('gap');
	return found;
}

/**
 * Live distance of a pair in metres, seen from above: from the lower crane's jib and counter-jib to the mast of the
 * higher one, to its rope where the hook hangs below the lower jib, and to its jib and counter-jib where the gap of
 * height is too small. NaN while a slew angle that decides is not known.
 */
export function clearanceM(
	lower: CranePlace,
	lowerPose: CranePose,
	higher: CranePlace,
	higherPose: CranePose,
	rules: ClearanceRules,
): number {
	if (Number.isNaN(lowerPose.slewDeg)) return NaN;
	const mast = inMetres(lower.at, higher.at);
	const arms = armsOf([0, 0], lower, lowerPose.slewDeg);
	let nearest = Math.min(...arms.map((arm) => toPoint(arm, mast)));

	const gapM = higher.heightM - lower.heightM;
	if (gapM < rules.verticalGap.value) {
		if (Number.isNaN(higherPose.slewDeg)) return NaN;
		for (const arm of arms)
			for (const other of armsOf(mast, higher, higherPose.slewDeg)) nearest = Math.min(nearest, toLine(arm, other));
	} else if (!(higherPose.hookM < gapM)) {
		if (Number.isNaN(higherPose.slewDeg) || Number.isNaN(higherPose.radiusM)) return NaN;
		const rope = along(mast, higherPose.slewDeg, higherPose.radiusM);
		for (const arm of arms) nearest = Math.min(nearest, toPoint(arm, rope));
	}
	return nearest;
}

function armsOf(mast: XY, { jibM, counterJibM }: CranePlace, slewDeg: number): Line[] {
	const jib: Line = [mast, along(mast, slewDeg, jibM)];
	return counterJibM > 0 ? [jib, [mast, along(mast, slewDeg + 180, counterJibM)]] : [jib];
}

function inMetres(origin: LngLat, to: LngLat): XY {
	const eastM = distanceM(origin, [to[0], origin[1]]) * Math.sign(to[0] - origin[0]);
	const northM = distanceM(origin, [origin[0], to[1]]) * Math.sign(to[1] - origin[1]);
	return [eastM, northM];
}

function along([x, y]: XY, bearingDeg: number, lengthM: number): XY {
	const angle = (bearingDeg * Math.PI) / 180;
	return [x + lengthM * Math.sin(angle), y + lengthM * Math.cos(angle)];
}

function toPoint([[ax, ay], [bx, by]]: Line, [px, py]: XY): number {
	const [dx, dy] = [bx - ax, by - ay];
	const squared = dx * dx + dy * dy;
	const part = squared === 0 ? 0 : Math.min(1, Math.max(0, ((px - ax) * dx + (py - ay) * dy) / squared));
	return Math.hypot(px - ax - part * dx, py - ay - part * dy);
}

function toLine(a: Line, b: Line): number {
	if (cross(a, b)) return 0;
	return Math.min(toPoint(a, b[0]), toPoint(a, b[1]), toPoint(b, a[0]), toPoint(b, a[1]));
}

function cross([a, b]: Line, [c, d]: Line): boolean {
	const side = (p: XY, q: XY, r: XY) => Math.sign((q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0]));
	return side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0;
}
