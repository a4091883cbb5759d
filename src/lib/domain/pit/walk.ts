// The daily walk around a pit: every day it is open somebody looks at it. A day without a walk is late, not forgotten.

export type WalkState = 'done' | 'due' | 'late';

export interface WalkDay {
	/** `YYYY-MM-DD`, Shanghai. */
	day: string;
	state: WalkState;
}

const DAY_MS = 86_400_000;

/**
 * The last days, newest first: `done` with a walk, `late` without one, `due` while today is not over.
 *
 * @param startedOn - no walk is asked for before it; null: not known, every day counts
 * @param finishedOn - nor behind it
 */
export function walkDays(
	today: string,
	days: number,
	startedOn: string | null,
	finishedOn: string | null,
	hasWalk: (day: string) => boolean,
): WalkDay[] {
	const found: WalkDay[] = [];
	for (let ago = 0; ago < days; ago++) {
		const day = new Date(Date.parse(`${today}T00:00:00Z`) - ago * DAY_MS).toISOString().slice(0, 10);
		if ((startedOn !== null && day < startedOn) || (finishedOn !== null && day > finishedOn)) continue;
		found.push({ day, state: hasWalk(day) ? 'done' : ago === 0 ? 'due' : 'late' });
	}
	return found;
}
