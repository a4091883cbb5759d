// What holds of coverage before a change: all its numbers, and the days the change is about.

import { subjectOfKey, type DateSubject } from '#lib/domain/coverage/dates.ts';
import { shanghaiDay } from '#lib/domain/day.ts';
import type { Db } from '../db/connection.ts';
import { keyPeriodById, roundsBetween } from '../repositories/coverage-round.ts';
import type { CoverageHeld } from '../rules/check-wish.ts';
import { coverageNow } from './coverage-now.ts';
import { heldDays, shippedDays, type MadeDates } from './held-days.ts';

/** A year is planned at most so far ahead. */
const YEARS_AHEAD = 1;

export async function coverageHeld(db: Db, ruleKey: string, now: Date): Promise<CoverageHeld> {
	const { rules, dates, shippedSeason } = await coverageNow(db, now);
	const subject = subjectOfKey(ruleKey);
	const rows = subject && (await madeOf(db, subject, now));
	const made = rows && { ...rows, season: shippedSeason };
	const shipped = made && shippedDays(subject!, made);
	return { rules, daysNow: shipped && heldDays(subject!, shipped, dates) };
}

async function madeOf(db: Db, subject: DateSubject, now: Date): Promise<Omit<MadeDates, 'season'> | undefined> {
	if (subject.kind === 'period') {
		const period = await keyPeriodById(db, subject.id);
		return { rounds: [], periods: period ? [period] : [] };
	}
	if (subject.kind === 'floodSeason') return { rounds: [], periods: [] };
	const ahead = subject.year - Number(shanghaiDay(now).slice(0, 4));
	if (ahead < 0 || ahead > YEARS_AHEAD) return undefined;
	return { rounds: await roundsBetween(db, `${subject.year}-01-01`, `${subject.year}-12-31`), periods: [] };
}
