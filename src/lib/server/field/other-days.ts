// The days of an officer besides today: what is ahead, and what was, with the minutes signed then. An unannounced day that
// is still ahead tells when and with whom, not where.

import type { OtherDay } from '#lib/contract/field.ts';
import { dayAfter } from '#lib/domain/day.ts';
import type { Db } from '../db/connection.ts';
import { ownDaysBetween } from '../repositories/own-days.ts';

/** As far as an officer plans his weeks ahead, and looks for what was written down. */
const AHEAD_D = 31;
const BEFORE_D = 31;

export async function otherDays(db: Db, officerId: string, today: string): Promise<OtherDay[]> {
	const rows = await ownDaysBetween(db, officerId, dayAfter(today, -BEFORE_D), dayAfter(today, AHEAD_D));
	return rows
		.filter(({ on }) => on !== today)
		.map(({ stops, wasSealed, ...day }) => {
			const isSealed = wasSealed && day.on > today;
			const made = stops.filter(({ state }) => state === 'done');
			return { ...day, isSealed, stops: isSealed ? [] : stops, count: stops.length, done: made.length };
		});
}
