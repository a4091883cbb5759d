// Which copies are kept: all of the last hours, then the last of each day.

export interface KeepRules {
	keepAllHours: { value: number };
	keepDays: { value: number };
}

const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;

/**
 * Copies that may go. The newest is always kept, whatever its age.
 *
 * @param takenMs - moments of the copies, in any order
 * @returns moments of those that are neither young enough nor the last of a day (UTC) within the days kept
 */
export function superfluous(takenMs: readonly number[], nowMs: number, rules: KeepRules): number[] {
	const newest = Math.max(...takenMs);
	const lastOfDay = new Map<number, number>();
	for (const ms of takenMs) {
		const day = Math.floor(ms / DAY_MS);
		lastOfDay.set(day, Math.max(ms, lastOfDay.get(day) ?? -Infinity));
	}
	return takenMs.filter((ms) => {
		const ageMs = nowMs - ms;
		if (ms === newest || ageMs <= rules.keepAllHours.value * HOUR_MS) return false;
		return ageMs > rules.keepDays.value * DAY_MS || lastOfDay.get(Math.floor(ms / DAY_MS)) !== ms;
	});
}
