// “What if it rained this much more, and the river rose so far?” for every site at once, while the finger moves: the same
// product form as exposure.ts, as columns of numbers.

import { EXPOSURE_BANDS, scoreOf, type Exposure, type ExposureBand, type ExposureRules } from './exposure.ts';
import { rainCount, riverShare, UNKNOWN_SHARE, type RainFull } from './exposure-shares.ts';
import type { RainKnown } from './rain-known.ts';

/** What comes on top of what is measured now: millimetres in 1, 3 and 24 hours, metres of river. */
export interface WhatIf {
	h1: number;
	h3: number;
	h24: number;
	riverM: number;
}

/** One row per site; NaN is unknown. */
export interface SiteColumns {
	count: number;
	no: Uint32Array;
	h1: Float64Array;
	h3: Float64Array;
	h24: Float64Array;
	/** What fell at least, where the sums above have a gap. */
	least1: Float64Array;
	least3: Float64Array;
	least24: Float64Array;
	/** Metres above warning level; −Infinity where no river threatens, NaN where one does and its level is unknown. */
	river: Float64Array;
	/** Hazard that neither rain nor river changes. */
	rest: Float64Array;
	/** Exposure and vulnerability, already raised to their powers, times 100. */
	stake: Float64Array;
}

export interface ColumnSource {
	no: number;
	rain: RainKnown;
	river: { aboveWarningM: number | null } | 'none';
	judged: Pick<Exposure, 'exposure' | 'vulnerability' | 'factors'>;
}

export function columnsOf(sites: readonly ColumnSource[], rules: ExposureRules): SiteColumns {
	const column = (value: (site: ColumnSource) => number) => Float64Array.from(sites, value);
	return {
		count: sites.length,
		no: Uint32Array.from(sites, ({ no }) => no),
		h1: column(({ rain }) => rain.h1 ?? NaN),
		h3: column(({ rain }) => rain.h3 ?? NaN),
		h24: column(({ rain }) => rain.h24 ?? NaN),
		least1: column(({ rain }) => rain.least?.h1 ?? NaN),
		least3: column(({ rain }) => rain.least?.h3 ?? NaN),
		least24: column(({ rain }) => rain.least?.h24 ?? NaN),
		river: column(({ river }) => (river === 'none' ? -Infinity : (river.aboveWarningM ?? NaN))),
		rest: column(({ judged }) =>
			judged.factors
				.filter(({ key }) => key === 'lowGround' || key === 'history')
				.reduce((total, { share, weight }) => total + share * weight, 0),
		),
		stake: column(({ judged }) => scoreOf(1, judged.exposure, judged.vulnerability, rules)),
	};
}

/** Scores of all sites under a supposition, 0 to 100, in the order of the columns. @param into - reused when it fits */
export function whatIfScores(
	columns: SiteColumns,
	{ h1, h3, h24, riverM }: WhatIf,
	rules: ExposureRules,
	full: RainFull,
	into = new Float64Array(columns.count),
): Float64Array {
	const { hazard } = rules;
	const power = rules.powers.hazard.value;
	const [rainWeight, riverWeight] = [hazard.rain.value, hazard.river.value];
	for (let i = 0; i < columns.count; i++) {
		const rain = rainCount(
			columns.h1[i]! + h1,
			columns.h3[i]! + h3,
			columns.h24[i]! + h24,
			plus(columns.least1[i]!, h1),
			plus(columns.least3[i]!, h3),
			plus(columns.least24[i]!, h24),
			full,
		);
		const above = columns.river[i]!;
		const river = above === -Infinity ? 0 : Number.isNaN(above) ? UNKNOWN_SHARE : riverShare(above + riverM, rules);
		const sum = rain * rainWeight + river * riverWeight + columns.rest[i]!;
		const clamped = sum > 1 ? 1 : sum;
		into[i] = columns.stake[i]! * (power === 0.5 ? Math.sqrt(clamped) : clamped ** power);
	}
	return into;
}

export interface Flip {
	no: number;
	from: ExposureBand;
	to: ExposureBand;
	/** Share of the supposed storm at which the first band is left, 0 to 1: who comes first. */
	at: number;
	score: number;
}

const STEPS = 14;

/** Sites whose band is another one than now, first those that flip soonest. */
export function flipsOf(columns: SiteColumns, storm: WhatIf, rules: ExposureRules, full: RainFull): Flip[] {
	const before = whatIfScores(columns, CALM, rules, full);
	const after = whatIfScores(columns, storm, rules, full);
	const rows: { i: number; low: number; high: number }[] = [];
	const bandNow = Uint8Array.from(before, (score) => bandCode(score, rules));
	for (let i = 0; i < columns.count; i++)
		if (bandCode(after[i]!, rules) !== bandNow[i]) rows.push({ i, low: 0, high: 1 });
	for (const row of rows) {
		const one = slice(columns, row.i);
		const score = new Float64Array(1);
		for (let step = 0; step < STEPS; step++) {
			const middle = (row.low + row.high) / 2;
			whatIfScores(one, scaled(storm, middle), rules, full, score);
			if (bandCode(score[0]!, rules) === bandNow[row.i]) row.low = middle;
			else row.high = middle;
		}
	}
	return rows
		.map(({ i, high }) => ({
			no: columns.no[i]!,
			from: EXPOSURE_BANDS[bandNow[i]!]!,
			to: EXPOSURE_BANDS[bandCode(after[i]!, rules)]!,
			at: high,
			score: after[i]!,
		}))
		.sort((a, b) => a.at - b.at || b.score - a.score || a.no - b.no);
}

const CALM: WhatIf = { h1: 0, h3: 0, h24: 0, riverM: 0 };

/** Place of a score's band in EXPOSURE_BANDS. */
export function bandCode(score: number, { bands }: ExposureRules): number {
	return score >= bands.red.value ? 0 : score >= bands.orange.value ? 1 : score >= bands.yellow.value ? 2 : 3;
}

/** Rain on top of an unknown amount is at least itself. */
function plus(least: number, more: number): number {
	return Number.isNaN(least) ? more : least + more;
}

function scaled({ h1, h3, h24, riverM }: WhatIf, share: number): WhatIf {
	return { h1: h1 * share, h3: h3 * share, h24: h24 * share, riverM: riverM * share };
}

function slice(columns: SiteColumns, i: number): SiteColumns {
	const part = <A extends Float64Array | Uint32Array>(array: A) => array.subarray(i, i + 1) as A;
	return {
		count: 1,
		no: part(columns.no),
		h1: part(columns.h1),
		h3: part(columns.h3),
		h24: part(columns.h24),
		least1: part(columns.least1),
		least3: part(columns.least3),
		least24: part(columns.least24),
		river: part(columns.river),
		rest: part(columns.rest),
		stake: part(columns.stake),
	};
}
