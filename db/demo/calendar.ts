// Days as `YYYY-MM-DD` of Shanghai, and moments of such a day. Shanghai has no summer time: always +08:00.

export { dayAfter, daysBetween, isWorkday, shanghaiDay } from '../../src/lib/domain/day.ts';
import { dayAfter, isWorkday } from '../../src/lib/domain/day.ts';

/** The moment `minutes` after midnight of a Shanghai day, as ISO text in UTC. */
export function momentOf(day: string, minutes: number): string {
	return new Date(Date.parse(`${day}T00:00:00+08:00`) + Math.round(minutes) * 60_000).toISOString();
}

/**
 * The times the demonstration district speaks of. The published half-year is moved so that it ends two weeks before
 * today: what happened in those two weeks is open business, and the published "all rectified" stays true.
 */
export interface Calendar {
	today: string;
	/** First and last day of the published half-year. */
	published: { from: string; to: string };
}

export function calendarOf(today: string): Calendar {
	if (!/^\d{4}-\d\d-\d\d$/.test(today) || Number.isNaN(Date.parse(today))) {
		throw new RangeError(`A day like 2026-11-20 was expected, got “${today}”.`);
	}
	return { today, published: { from: dayAfter(today, -182), to: dayAfter(today, -15) } };
}

/** The working days from one day to another, both included. */
export function workdays(from: string, to: string): string[] {
	const days: string[] = [];
	for (let day = from; day <= to; day = dayAfter(day, 1)) if (isWorkday(day)) days.push(day);
	return days;
}
