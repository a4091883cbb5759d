// What of the last round has to be looked at again, by when, and by whom not: a finding is never confirmed by its finder.

import { dayAfter } from '../day.ts';
import type { Rule } from '../rule.ts';

export interface Finding {
	siteId: string;
	foundOn: string;
	isMajor: boolean;
	/** Names of the officers who found it. */
	foundBy: readonly string[];
	dueOn: string | null;
	/** Day it was closed; null while it is open. */
	closedOn: string | null;
}

export interface PastVisit {
	siteId: string;
	on: string;
	officers: readonly string[];
}

export interface LookBackRound {
	/** The round whose findings are looked at, and the one in which that happens. */
	first: { fromOn: string; toOn: string };
	second: { fromOn: string; toOn: string };
	/** Days of the second on which it is done; afterwards it is late, and still done. */
	lookBack: { fromOn: string; toOn: string };
}

export interface LookBack {
	siteId: string;
	findings: number;
	majors: number;
	/** Day by which somebody has to look. */
	byOn: string;
	/** Officers who must not be the ones, because they found it. */
	notBy: string[];
}

/**
 * One look-back per site with findings in the first round that nobody but the finders has visited in the second.
 * Due with the last day of the look-back; earlier where a finding is open past its own day.
 *
 * @param graceDays - days after a finding's own day in which the look-back is due
 */
export function lookBacks(
	findings: readonly Finding[],
	visits: readonly PastVisit[],
	{ first, second, lookBack }: LookBackRound,
	graceDays: Rule,
): LookBack[] {
	const bySite = new Map<string, Finding[]>();
	for (const finding of findings)
		if (finding.foundOn >= first.fromOn && finding.foundOn <= first.toOn)
			bySite.set(finding.siteId, [...(bySite.get(finding.siteId) ?? []), finding]);
	return [...bySite].flatMap(([siteId, found]) => {
		const notBy = [...new Set(found.flatMap(({ foundBy }) => foundBy))].sort();
		const isDone = visits.some(
			(visit) =>
				visit.siteId === siteId &&
				visit.on >= lookBack.fromOn &&
				visit.on <= second.toOn &&
				visit.officers.some((officer) => !notBy.includes(officer)),
		);
		if (isDone) return [];
		const open = found.filter(({ closedOn, dueOn }) => closedOn === null && dueOn !== null);
		const dates = [lookBack.toOn, ...open.map(({ dueOn }) => dayAfter(dueOn!, graceDays.value))];
		return [
			{
				siteId,
				findings: found.length,
				majors: found.filter(({ isMajor }) => isMajor).length,
				byOn: dates.reduce((a, b) => (b < a ? b : a)),
				notBy,
			},
		];
	});
}
