// What a curve is drawn of: columns with holes where nothing was reported, the gaps, and the stretches of bad values.

import type { DeviceCurve } from '#lib/contract/devices.ts';

export interface Stretch {
	fromS: number;
	toS: number;
}

export interface CurveParts {
	/** Seconds since 1970; then least, greatest and mean, null in holes and where nothing can be believed. */
	columns: [number[], (number | null)[], (number | null)[], (number | null)[]];
	/** Places in the columns whose mean has none beside it: no line leads to them, so they are drawn as points. */
	lone: number[];
	/** Longer than two intervals without any report, the ends of the span included. */
	gaps: Stretch[];
	/** Reported, and not to be believed. */
	bad: Stretch[];
}

/** @param intervalS - usual seconds between two reports */
export function curveParts({ steps, stepS, from, to }: DeviceCurve, intervalS: number): CurveParts {
	const columns: CurveParts['columns'] = [[], [], [], []];
	const gaps: Stretch[] = [];
	const bad: Stretch[] = [];
	const longest = 2 * Math.max(intervalS, stepS);
	const hole = (fromS: number, toS: number) => {
		if (toS - fromS <= longest) return;
		gaps.push({ fromS, toS });
		put(columns, (fromS + toS) / 2, null, null, null);
	};
	let lastS = Date.parse(from) / 1000;
	for (const { at, least, greatest, mean, bad: spoilt } of steps) {
		const atS = Date.parse(at) / 1000;
		hole(lastS, atS);
		put(columns, atS, least, greatest, mean);
		lastS = atS + stepS;
		if (spoilt === 0) continue;
		const before = bad.at(-1);
		if (before && atS - before.toS <= longest) before.toS = atS + stepS;
		else bad.push({ fromS: atS, toS: atS + stepS });
	}
	hole(lastS, Date.parse(to) / 1000);
	return { columns, lone: loneOf(columns[3]), gaps, bad };
}

function loneOf(means: readonly (number | null)[]): number[] {
	const has = (i: number) => typeof means[i] === 'number';
	return [...means.keys()].filter((i) => has(i) && !has(i - 1) && !has(i + 1));
}

function put(
	[atS, low, high, middle]: CurveParts['columns'],
	at: number,
	least: number | null,
	greatest: number | null,
	mean: number | null,
): void {
	atS.push(at);
	low.push(least);
	high.push(greatest);
	middle.push(mean);
}
