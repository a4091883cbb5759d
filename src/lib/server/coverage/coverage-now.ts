// The rules of coverage as they hold at a moment, numbers and days, with what the bureau has set itself.

import { coverageRules } from '#db/rules/coverage.ts';
import { floodRules } from '#db/rules/flood.ts';
import { heldRounds, heldSeason, lookBacksOn, ownDatesAt, type OwnDates } from '#lib/domain/coverage/dates.ts';
import { rulesAt, type CoverageRules } from '#lib/domain/coverage/numbers.ts';
import { isInSeason, seasonOf, type Season } from '#lib/domain/flood/season.ts';
import type { Db } from '../db/connection.ts';
import { districtOfTowns } from '../repositories/area-list.ts';
import { roundsBetween } from '../repositories/coverage-round.ts';
import { changesInForce } from '../repositories/rule-change.ts';

export interface CoverageNow {
	rules: CoverageRules;
	dates: OwnDates;
	/** Flood season of the province, before the bureau's own days. */
	shippedSeason: Season;
}

export async function coverageNow(db: Db, now: Date): Promise<CoverageNow> {
	const changes = await changesInForce(db);
	return {
		rules: rulesAt(coverageRules, changes, now.getTime()),
		dates: ownDatesAt(changes, now.getTime()),
		shippedSeason: await shippedSeason(db),
	};
}

/** Of the province whose towns are in the register. */
export async function shippedSeason(db: Db): Promise<Season> {
	return seasonOf(await districtOfTowns(db), floodRules.seasons);
}

/** The one season of ledger, checklists and flood page. */
export const seasonNow = ({ dates, shippedSeason }: Pick<CoverageNow, 'dates' | 'shippedSeason'>): Season =>
	heldSeason(shippedSeason, dates);

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
export const isFloodSeason = (held: CoverageNow, on: string): boolean => isInSeason(seasonNow(held), on);
