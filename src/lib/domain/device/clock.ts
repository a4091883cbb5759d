// Moments as devices write them, and which of them are believed. Local time without a zone is that of Shanghai.

import type { Rule } from '../rule.ts';

export interface ClockRules {
	/** Seconds a device's clock may be ahead; exceeded, not reached. */
	futureS: Rule;
	/** Before it (ms since 1970) a clock was never set. */
	earliestMs: Rule;
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
/** Days from 1970 to the first of each month of a year that is not a leap year. */
const BEFORE = DAYS.map((_, month) => DAYS.slice(0, month).reduce((sum, days) => sum + days, 0));

/**
 * ISO 8601 with seconds (`2026-11-20T08:00:00+08:00`, `2026-11-20T00:00:00.25Z`, local `2026-11-20 08:00:00`; a zone
 * without its colon and small `t` and `z` too), checked digit by digit: it runs for every reading, and `Date.parse` also
 * takes what is no moment.
 *
 * @returns microseconds since 1970 UTC (finer digits are cut off), or NaN
 */
export function instantUs(text: string): number {
	const { length } = text;
	if (length < 19 || length > 35) return NaN;
	const year = digits(text, 0, 4);
	const month = digits(text, 5, 2);
	const day = digits(text, 8, 2);
	const hour = digits(text, 11, 2);
	const minute = digits(text, 14, 2);
	const second = digits(text, 17, 2);
	// A NaN among them makes the sum NaN.
	if (Number.isNaN(year + month + day + hour + minute + second)) return NaN;
	if (text[4] !== '-' || text[7] !== '-' || text[13] !== ':' || text[16] !== ':') return NaN;
	if (text[10] !== 'T' && text[10] !== ' ' && text[10] !== 't') return NaN;
	if (year < 1970 || month < 1 || month > 12 || hour > 23 || minute > 59 || second > 59) return NaN;
	const isLeap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
	if (day < 1 || day > (month === 2 && isLeap ? 29 : DAYS[month - 1]!)) return NaN;

	let at = 19;
	let micro = 0;
	if (text[at] === '.') {
		let scale = 100_000;
		const begin = ++at;
		for (let code = text.charCodeAt(at); code >= 48 && code <= 57; code = text.charCodeAt(++at)) {
			micro += (code - 48) * scale;
			scale = Math.floor(scale / 10);
		}
		if (at === begin || at - begin > 9) return NaN;
	}
	const zoneMin = zoneMinutes(text, at);
	const leapDays = Math.floor((year - 1969) / 4) - Math.floor((year - 1901) / 100) + Math.floor((year - 1601) / 400);
	const days = (year - 1970) * 365 + leapDays + BEFORE[month - 1]! + (isLeap && month > 2 ? 1 : 0) + day - 1;
	return (((days * 24 + hour) * 60 + minute - zoneMin) * 60 + second) * 1e6 + micro;
}

/** China has one zone and no summer time. */
const SHANGHAI_MIN = 8 * 60;

/** Minutes east of Greenwich; NaN when it is no zone, or something stands behind it. */
function zoneMinutes(text: string, at: number): number {
	if (text.length === at) return SHANGHAI_MIN;
	if (text[at] === 'Z' || text[at] === 'z') return text.length === at + 1 ? 0 : NaN;
	const sign = text[at] === '+' ? 1 : text[at] === '-' ? -1 : NaN;
	const minutesAt = text[at + 3] === ':' ? at + 4 : at + 3;
	if (text.length !== minutesAt + 2) return NaN;
	const hours = digits(text, at + 1, 2);
	const minutes = digits(text, minutesAt, 2);
	return hours > 14 || minutes > 59 ? NaN : sign * (hours * 60 + minutes);
}

function digits(text: string, at: number, count: number): number {
	let value = 0;
	for (let i = at; i < at + count; i++) {
		const digit = text.charCodeAt(i) - 48;
		if (!(digit >= 0 && digit <= 9)) return NaN;
		value = value * 10 + digit;
	}
	return value;
}

/** What is wrong with a device's moment at the time it arrives: nothing, no moment or never set, or too far ahead. */
export function clockFault(atUs: number, nowMs: number, rules: ClockRules): 'bad-time' | 'future' | undefined {
	if (Number.isNaN(atUs) || atUs < rules.earliestMs.value * 1000) return 'bad-time';
	return atUs > (nowMs + rules.futureS.value * 1000) * 1000 ? 'future' : undefined;
}
