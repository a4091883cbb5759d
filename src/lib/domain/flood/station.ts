// What stations measure: sums of rain, river stages against their own warning levels, each in its own height datum.

import type { Rule } from '../rule.ts';
import type { RainAmount } from './field-sum.ts';

export interface StationReading {
	atMs: number;
	/** Seconds the value is the sum of; 0 for a level. */
	periodS: number;
	value: number;
}

/**
 * Millimetres that fell in the `hours` before `atMs`. A reading counts by the part of its period that lies inside; of two
 * that overlap (rolling sums) the newer one counts for the time they share.
 *
 * @param readings - of one gauge, in order of time
 * @param coverage - share of the span that has to be covered for a whole sum
 * @returns below that share what fell at least: a gap is not a dry hour; null when nothing of the span is covered
 */
export function rainSum(
	readings: readonly StationReading[],
	atMs: number,
	hours: number,
	coverage: Rule,
): RainAmount | null {
	return sumBack(readings, readings.length - 1, atMs, hours, coverage);
}

/** The most that fell in any span of so many hours, of those that have a whole sum and end at a reading after `sinceMs`. */
export function mostRain(
	readings: readonly StationReading[],
	sinceMs: number,
	hours: number,
	coverage: Rule,
): number | null {
	let most: number | null = null;
	for (const [last, { atMs }] of readings.entries()) {
		const sum = atMs < sinceMs ? null : sumBack(readings, last, atMs, hours, coverage);
		if (sum?.isWhole && (most === null || sum.mm > most)) most = sum.mm;
	}
	return most;
}

/** From one reading backwards, so that each minute counts once. */
function sumBack(
	readings: readonly StationReading[],
	last: number,
	atMs: number,
	hours: number,
	coverage: Rule,
): RainAmount | null {
	const fromMs = atMs - hours * 3_600_000;
	let [mm, coveredMs, untilMs] = [0, 0, atMs];
	for (let i = last; i >= 0 && untilMs > fromMs; i--) {
		const { atMs: endMs, periodS, value } = readings[i]!;
		if (endMs <= fromMs) break;
		const startMs = endMs - periodS * 1000;
		const insideMs = Math.min(endMs, untilMs) - Math.max(startMs, fromMs);
		if (insideMs <= 0 || periodS <= 0) continue;
		mm += (value * insideMs) / (periodS * 1000);
		coveredMs += insideMs;
		untilMs = Math.max(startMs, fromMs);
	}
	return coveredMs === 0 ? null : { mm, isWhole: coveredMs >= coverage.value * hours * 3_600_000 };
}

export type HeightDatum = '1985' | 'wusong' | 'local';

export interface RiverStation {
	datum: HeightDatum | null;
	/** Metres to add to a reading to have it in 1985国家高程; null: not known, and never guessed. */
	offsetTo1985M: number | null;
	warningM: number | null;
	guaranteedM: number | null;
}

export type StageGrade = 'below' | 'nearWarning' | 'warning' | 'guaranteed' | 'unknown';

/**
 * Grade of a stage. Reading and limits are of the same gauge and datum, so no datum is needed to compare them.
 * Limits are reached, not exceeded.
 */
export function stageGrade(levelM: number | null, station: RiverStation, near: Rule): StageGrade {
	const { warningM, guaranteedM } = station;
	if (levelM === null || warningM === null) return 'unknown';
	if (guaranteedM !== null && levelM >= guaranteedM) return 'guaranteed';
	if (levelM >= warningM) return 'warning';
	// Centimetres are read from a staff; 5.40 − 0.30 is 5.10 and not a hair more.
	return Math.round((warningM - levelM) * 1000) <= Math.round(near.value * 1000) ? 'nearWarning' : 'below';
}

/** A level in 1985国家高程, for comparing two gauges; null when the station's offset is not known. */
export function in1985(levelM: number, { datum, offsetTo1985M }: RiverStation): number | null {
	if (datum === '1985') return levelM;
	return offsetTo1985M === null ? null : levelM + offsetTo1985M;
}
