// The flood season of a bureau: before, during, after, and the rest of the year. Days are those of its own zone.

import type { Confidence, Rule } from '../rule.ts';

export interface Season {
	/** First and last day, `MM-DD`, both inside. */
	from: string;
	to: string;
	/** Last day of the plum rains, after which typhoons rule; null where nobody divides. */
	turn: string | null;
	source: string;
	confidence: Confidence;
}

export interface SeasonRules {
	/** Offset of the bureau's clock: `+08:00`. */
	zone: string;
	/** Days before the season in which it is prepared. */
	leadDays: Rule;
	/** Days after it in which it is looked back on. */
	reviewDays: Rule;
	/** By the two digits of the province. */
	byProvince: Readonly<Record<string, Season>>;
	fallback: Season;
}

export type FloodPhase = 'before' | 'during' | 'after' | 'off';

/** @param code - of a district or town; null where none is on record */
export function seasonOf(code: string | null, rules: SeasonRules): Season {
	return rules.byProvince[code?.slice(0, 2) ?? ''] ?? rules.fallback;
}

/** @param on - `YYYY-MM-DD` */
export const isInSeason = ({ from, to }: Season, on: string): boolean => on.slice(5) >= from && on.slice(5) <= to;

/** The day of a moment on a bureau's clock, `YYYY-MM-DD`. */
export const dayIn = (zone: string, at: Date): string => minuteIn(zone, at).slice(0, 10);

/** The minute of a moment on a bureau's clock, `YYYY-MM-DD HH:MM`. */
export function minuteIn(zone: string, at: Date): string {
	const [, sign, hours, minutes] = /^([+-])(\d\d):(\d\d)$/.exec(zone) ?? [];
	if (!sign) throw new RangeError(`A zone like +08:00 was expected, got “${zone}”.`);
	const offsetMs = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
	return new Date(at.getTime() + offsetMs).toISOString().slice(0, 16).replace('T', ' ');
}

/** The phase at a moment. First and last day of the season belong to it from midnight to midnight. */
export function phaseAt(season: Season, at: Date, rules: SeasonRules): FloodPhase {
	const day = dayIn(rules.zone, at);
	const year = day.slice(0, 4);
	const from = `${year}-${season.from}`;
	const to = `${year}-${season.to}`;
	if (day >= from && day <= to) return 'during';
	if (day < from && day >= shifted(from, -rules.leadDays.value)) return 'before';
	if (day > to && day <= shifted(to, rules.reviewDays.value)) return 'after';
	return 'off';
}

function shifted(day: string, days: number): string {
	return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
}
