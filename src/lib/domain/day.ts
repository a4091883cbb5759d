// Days as `YYYY-MM-DD` of Shanghai, which has no summer time: always +08:00.

const DAY_MS = 86_400_000;
const SHANGHAI_MS = 8 * 3_600_000;

/** `YYYY-MM-DD`, a day that the calendar has; from the year 1 on. */
export function isDay(text: string): boolean {
	if (!/^\d{4}-\d{2}-\d{2}$/.test(text) || text < '0001') return false;
	const moment = Date.parse(text);
	return !Number.isNaN(moment) && new Date(moment).toISOString().startsWith(text);
}

/** The day `days` later; negative is earlier. */
export function dayAfter(day: string, days: number): string {
	return new Date(Date.parse(day) + Math.round(days) * DAY_MS).toISOString().slice(0, 10);
}

/** The first day of the calendar month after the one a day lies in. */
export function firstOfNextMonth(day: string): string {
	return dayAfter(`${day.slice(0, 8)}28`, 4).slice(0, 8) + '01';
}

/** Whole days from one day to another. */
export function daysBetween(from: string, to: string): number {
	return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

/** Monday to Friday; public holidays are key periods and not known here. */
export function isWorkday(day: string): boolean {
	const weekday = new Date(Date.parse(day)).getUTCDay();
	return weekday !== 0 && weekday !== 6;
}

/** The Shanghai day a moment falls on. */
export function shanghaiDay(at: Date): string {
	return new Date(at.getTime() + SHANGHAI_MS).toISOString().slice(0, 10);
}

/** `YYYY-MM-DDTHH:MM` of Shanghai, as a field for day and time has it. */
export function shanghaiMinute(at: Date): string {
	return new Date(at.getTime() + SHANGHAI_MS).toISOString().slice(0, 16);
}

/** The moment that `shanghaiMinute` writes so. */
export function momentOfMinute(text: string): Date {
	return new Date(`${text}:00+08:00`);
}

/** The moment `minutes` after midnight of a Shanghai day. */
export function momentOn(day: string, minutes: number): Date {
	return new Date(Date.parse(`${day}T00:00:00+08:00`) + minutes * 60_000);
}

/** Minutes after midnight of the Shanghai day a moment falls on. */
export function minutesOfDay(at: Date): number {
	return ((at.getTime() + SHANGHAI_MS) % DAY_MS) / 60_000;
}

/** The working days from one day to another, both included; none when `to` lies before `from`. */
export function workdaysBetween(from: string, to: string): number {
	let count = 0;
	for (let day = from; day <= to; day = dayAfter(day, 1)) if (isWorkday(day)) count++;
	return count;
}

/** The day `count` working days later. */
export function workdayAfter(day: string, count: number): string {
	let at = day;
	for (let left = count; left > 0;) {
		at = dayAfter(at, 1);
		if (isWorkday(at)) left--;
	}
	return at;
}
