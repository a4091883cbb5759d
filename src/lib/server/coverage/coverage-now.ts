// The rules of coverage as they hold at a moment, numbers and days, with what the bureau has set itself.

import { coverageRules, floodSeason } from '#db/rules/coverage.ts';
import { heldRounds, heldSeason, lookBacksOn, ownDatesAt, type OwnDates } from '#lib/domain/coverage/dates.ts';
import { rulesAt, type CoverageRules } from '#lib/domain/coverage/numbers.ts';
import type { Db } from '../db/connection.ts';
import { roundsBetween } from '../repositories/coverage-round.ts';
import { changesInForce } from '../repositories/rule-change.ts';

export interface CoverageNow {
	rules: CoverageRules;
	dates: OwnDates;
}

export async function coverageNow(db: Db, now: Date): Promise<CoverageNow> {
	const changes = await changesInForce(db);
	return { rules: rulesAt(coverageRules, changes, now.getTime()), dates: ownDatesAt(changes, now.getTime()) };
}

/** The rounds whose findings are looked at again on a day. @param on - `YYYY-MM-DD` */
export async function lookedBackAt(
	db: Db,
	{ dates }: Pick<CoverageNow, 'dates'>,
	on: string,
): Promise<{ fromOn: string; toOn: string }[]> {
	const year = Number(on.slice(0, 4));
	const made = await roundsBetween(db, `${year - 1}-01-01`, `${year}-12-31`);
	return lookBacksOn(heldRounds(made, dates), on).map(({ first }) => first);
}

/** @param on - `YYYY-MM-DD` */
export function isFloodSeason({ dates }: Pick<CoverageNow, 'dates'>, on: string): boolean {
	const { from, to } = heldSeason(floodSeason, dates);
	return on.slice(5) >= from && on.slice(5) <= to;
}
