// When people work. Real hours are Shanghai's; a demonstration that is looked at in the middle of the night may ask for
// work around the clock.

export type Hours = 'always' | 'shanghai';

const MINUTE_MS = 60_000;
const SHANGHAI_MS = 8 * 60 * MINUTE_MS;
const DAY_MIN = 24 * 60;
const SHIFTS: readonly (readonly [number, number])[] = [
	[6 * 60 + 30, 11 * 60 + 30],
	[12 * 60 + 40, 18 * 60],
];
/** The late shift of sites that have a permit for the night. */
const LATE: readonly [number, number] = [18 * 60 + 40, 22 * 60];

/** @param shiftMin - how much earlier (−) or later (+) than others a site works */
export function isWorking(timeMs: number, hours: Hours, shiftMin: number, hasLateShift: boolean): boolean {
	if (hours === 'always') return true;
	const minute = ((((timeMs + SHANGHAI_MS) / MINUTE_MS - shiftMin) % DAY_MIN) + DAY_MIN) % DAY_MIN;
	const within = ([from, to]: readonly [number, number]) => minute >= from && minute < to;
	return SHIFTS.some(within) || (hasLateShift && within(LATE));
}

/** The hours whose noise limit is that of the night, 22:00 to 06:00. */
export function isNight(timeMs: number): boolean {
	const minute = ((timeMs + SHANGHAI_MS) / MINUTE_MS) % DAY_MIN;
	return minute >= 22 * 60 || minute < 6 * 60;
}
