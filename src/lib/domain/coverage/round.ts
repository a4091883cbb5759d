// Rounds of full coverage and what has been covered in one, on three axes: sites, firms, machines.

import { dayAfter } from '../day.ts';

export const ROUND_KINDS = ['fullCoverage', 'twoMonthly', 'selfAssessment', 'firmAssessment', 'campaign'] as const;
export type RoundKind = (typeof ROUND_KINDS)[number];

export interface RoundDates {
	name: string;
	kind: RoundKind;
	fromOn: string;
	toOn: string;
	/** Index, in the same list, of the round whose findings this one looks back at. */
	looksBackTo: number | null;
}

/** Last days of the two rounds a year; the second looks back at the first. */
export interface RoundCalendar {
	/** `MM-DD` */
	firstEnds: string;
	secondEnds: string;
}

/** The rounds of one year as the rule books ask for them: two of full coverage, six of two months, twelve months and four quarters of self-assessment. */
export function roundsOfYear(year: number, { firstEnds, secondEnds }: RoundCalendar): RoundDates[] {
	const on = (monthDay: string) => `${year}-${monthDay}`;
	const month = (index: number) => new Date(Date.UTC(year, index, 1)).toISOString().slice(0, 10);
	const span = (first: number, months: number) => ({
		fromOn: month(first),
		toOn: dayAfter(month(first + months), -1),
	});
	const rounds: RoundDates[] = [
		{ name: `${year} 年第一轮`, kind: 'fullCoverage', fromOn: on('01-01'), toOn: on(firstEnds), looksBackTo: null },
		{
			name: `${year} 年第二轮`,
			kind: 'fullCoverage',
			fromOn: dayAfter(on(firstEnds), 1),
			toOn: on(secondEnds),
			looksBackTo: 0,
		},
	];
	const add = (name: string, kind: RoundKind, first: number, months: number) =>
		rounds.push({ name, kind, ...span(first, months), looksBackTo: null });
	for (let i = 0; i < 6; i++) add(`${year} 年 ${2 * i + 1}–${2 * i + 2} 月`, 'twoMonthly', 2 * i, 2);
	for (let i = 0; i < 12; i++) add(`${year} 年 ${i + 1} 月项目自评`, 'selfAssessment', i, 1);
	for (let i = 0; i < 4; i++) add(`${year} 年第 ${i + 1} 季度企业自评`, 'firmAssessment', 3 * i, 3);
	return rounds;
}

export interface Axis {
	covered: number;
	total: number;
}

export interface CoveredSite {
	id: string;
	contractorId: string | null;
	/** Machines that stand there. */
	machineIds: readonly string[];
}

/**
 * What a round has covered. A firm is covered when one of its sites was visited, a machine only when a visit names it:
 * to have been on the site is not to have looked at the crane.
 */
export function axesOf(
	sites: readonly CoveredSite[],
	visited: { sites: ReadonlySet<string>; machines: ReadonlySet<string> },
): { sites: Axis; firms: Axis; machines: Axis } {
	const firms = new Map<string, boolean>();
	const machines = { covered: 0, total: 0 };
	for (const site of sites) {
		if (site.contractorId)
			firms.set(site.contractorId, visited.sites.has(site.id) || firms.get(site.contractorId) === true);
		machines.total += site.machineIds.length;
		machines.covered += site.machineIds.filter((id) => visited.machines.has(id)).length;
	}
	return {
		sites: { covered: sites.filter(({ id }) => visited.sites.has(id)).length, total: sites.length },
		firms: { covered: [...firms.values()].filter(Boolean).length, total: firms.size },
		machines,
	};
}
