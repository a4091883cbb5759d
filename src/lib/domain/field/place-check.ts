// What a position says about being on a site: how far from the red line, and what about it should be looked at. A flag
// never keeps an officer from working: a phone in a pit has no satellites.

import { distanceM, type LngLat } from '../geo.ts';
import type { Rule } from '../rule.ts';

export interface Fix {
	at: LngLat;
	accuracyM: number;
}

export const FIX_FLAGS = ['noFix', 'poorAccuracy', 'outside', 'clockSkew', 'tooShort'] as const;
export type FixFlag = (typeof FIX_FLAGS)[number];

export interface PlaceRules {
	/** A circle of uncertainty above this says little. */
	poorAccuracyM: Rule;
	/** Beyond the red line by more than this, after the uncertainty is taken off. */
	outsideM: Rule;
	clockSkewS: Rule;
	/** A visit shorter than this share of the planned minutes. */
	shortShare: Rule;
}

interface Area {
	type: 'MultiPolygon';
	coordinates: number[][][][];
}

/** Metres to the nearest point of an area; 0 inside it. */
export function metersTo(at: LngLat, area: Area): number {
	let nearest = Infinity;
	for (const polygon of area.coordinates) {
		const [outer, ...holes] = polygon;
		if (outer && isInside(at, outer) && !holes.some((hole) => isInside(at, hole))) return 0;
		for (const ring of polygon)
			for (let i = 1; i < ring.length; i++) nearest = Math.min(nearest, toSegment(at, ring[i - 1]!, ring[i]!));
	}
	return nearest;
}

/**
 * @param meters - from the red line, or from the symbol of a site that has none; null without a fix
 * @param skewS - the phone's clock against the server's; null where that is not known
 */
export function fixFlags(fix: Fix | null, meters: number | null, skewS: number | null, rules: PlaceRules): FixFlag[] {
	const flags: FixFlag[] = [];
	if (!fix || meters === null) flags.push('noFix');
	else {
		if (fix.accuracyM > rules.poorAccuracyM.value) flags.push('poorAccuracy');
		if (meters - fix.accuracyM > rules.outsideM.value) flags.push('outside');
	}
	if (skewS !== null && Math.abs(skewS) > rules.clockSkewS.value) flags.push('clockSkew');
	return flags;
}

function isInside([x, y]: LngLat, ring: number[][]): boolean {
	let inside = false;
	for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
		const [ax, ay] = ring[i] as [number, number];
		const [bx, by] = ring[j] as [number, number];
		if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
	}
	return inside;
}

/** On a plane around the point: good to a few centimetres within kilometres. */
function toSegment(at: LngLat, a: number[], b: number[]): number {
	const shrink = Math.cos((at[1] * Math.PI) / 180);
	const [ax, ay] = [(a[0]! - at[0]) * shrink, a[1]! - at[1]];
	const [bx, by] = [(b[0]! - at[0]) * shrink, b[1]! - at[1]];
	const length2 = (bx - ax) ** 2 + (by - ay) ** 2;
	const share = length2 > 0 ? Math.max(0, Math.min(1, -(ax * (bx - ax) + ay * (by - ay)) / length2)) : 0;
	const [x, y] = [ax + share * (bx - ax), ay + share * (by - ay)];
	return distanceM(at, [at[0] + x / shrink, at[1] + y]);
}
