// When a point would reach its limit if it went on as in the last days: a straight line through its readings, and how
// sure that is. Says nothing where the line could as well go the other way.

import type { Rule } from '../rule.ts';

export interface ForecastRules {
	/** Days of readings the line is drawn through. */
	window: Rule;
	/** Readings without which there is no line. */
	fewest: Rule;
	/** Days they must span. */
	span: Rule;
	/** Days ahead beyond which nothing is said. */
	horizon: Rule;
	/** Standard errors of the slope that the earliest and latest day lie apart from the likely one. */
	deviations: Rule;
}

export interface Sample {
	atMs: number;
	value: number;
}

export type Forecast =
	/** The limit is reached now. */
	| { kind: 'reached' }
	/** Moves towards it: the likely day and, with the uncertainty of the slope, the earliest and the latest. */
	| { kind: 'crossing'; atMs: number; earliestMs: number; latestMs: number | null; perDay: number }
	/** Moves too little, away from it, or would need longer than the horizon. */
	| { kind: 'not-in-sight'; perDay: number }
	/** Too few readings, or over too short a time. */
	| { kind: 'unknown' };

const DAY_MS = 86_400_000;

/**
 * @param samples - oldest first; the sign of the values is kept, the limit counts on both sides of zero
 * @param limit - without sign, > 0
 * @param nowMs - the moment the days are counted from
 */
export function forecastCrossing(
	samples: readonly Sample[],
	limit: number,
	nowMs: number,
	rules: ForecastRules,
): Forecast {
	const recent = samples.filter(
		({ atMs, value }) => atMs >= nowMs - rules.window.value * DAY_MS && !Number.isNaN(value),
	);
	const [first, last] = [recent[0], recent.at(-1)];
	if (!first || !last) return { kind: 'unknown' };
	if (Math.abs(last.value) >= limit) return { kind: 'reached' };
	if (recent.length < rules.fewest.value || last.atMs - first.atMs < rules.span.value * DAY_MS)
		return { kind: 'unknown' };

	const { perDay, errorPerDay, level } = lineThrough(recent, nowMs);
	const daysTo = (slope: number) => (slope === 0 ? Infinity : (Math.sign(slope) * limit - level) / slope);
	const margin = rules.deviations.value * errorPerDay;
	// The side it moves to; a slope that could be none at all crosses nothing.
	if (Math.abs(perDay) <= margin) return { kind: 'not-in-sight', perDay };
	const likely = Math.max(0, daysTo(perDay));
	if (likely > rules.horizon.value) return { kind: 'not-in-sight', perDay };
	const latest = daysTo(perDay - Math.sign(perDay) * margin);
	return {
		kind: 'crossing',
		atMs: nowMs + likely * DAY_MS,
		earliestMs: nowMs + Math.max(0, daysTo(perDay + Math.sign(perDay) * margin)) * DAY_MS,
		latestMs: latest > rules.horizon.value ? null : nowMs + Math.max(0, latest) * DAY_MS,
		perDay,
	};
}

/** Least squares: slope per day with its standard error, and where the line stands now. */
function lineThrough(samples: readonly Sample[], nowMs: number) {
	const n = samples.length;
	const days = samples.map(({ atMs }) => (atMs - nowMs) / DAY_MS);
	const meanDay = days.reduce((sum, day) => sum + day, 0) / n;
	const mean = samples.reduce((sum, { value }) => sum + value, 0) / n;
	let spread = 0;
	let together = 0;
	for (let i = 0; i < n; i++) {
		spread += (days[i]! - meanDay) ** 2;
		together += (days[i]! - meanDay) * (samples[i]!.value - mean);
	}
	const perDay = spread === 0 ? 0 : together / spread;
	const level = mean - perDay * meanDay;
	const rest = samples.reduce((sum, { value }, i) => sum + (value - level - perDay * days[i]!) ** 2, 0);
	return { perDay, level, errorPerDay: spread === 0 || n < 3 ? Infinity : Math.sqrt(rest / (n - 2) / spread) };
}
