// Changes of a route that its team has to accept or decline, one after the other: a later one takes nothing from an
// earlier one that waits for its answer still.

/** A change of a team's route for an emergency. */
export interface RouteChange {
	/** When it was put to the team; no two changes of one team share it. */
	at: string;
	why: string;
	/** The visit it was made for. */
	key: string;
	before: { minutes: number; stops: { key: string; start: number }[] };
	after: { minutes: number; stops: { key: string; start: number }[] };
	moved: string[];
	dropped: string[];
	answer: RouteAnswer | null;
	/** Changes before this one, the newest first; absent where there were none. */
	earlier?: RouteChange[];
}

export interface RouteAnswer {
	accepted: boolean;
	reason: string;
	by: string;
}

/** All changes of a team, the newest first, none with another in it. */
export function changesOf(change: RouteChange | null): Omit<RouteChange, 'earlier'>[] {
	if (!change) return [];
	const { earlier = [], ...newest } = change;
	return [newest, ...earlier];
}

export function withNewest(change: RouteChange | null, next: Omit<RouteChange, 'earlier'>): RouteChange {
	const earlier = changesOf(change);
	return earlier.length ? { ...next, earlier } : { ...next };
}

/**
 * @param at - which change is answered; left out by phones of before, which know the newest only
 * @returns undefined where there is no such change
 */
export function changeToAnswer(change: RouteChange | null, at?: string): Omit<RouteChange, 'earlier'> | undefined {
	return changesOf(change).find((one) => at === undefined || one.at === at);
}

export function withAnswer(change: RouteChange, at: string, answer: RouteAnswer): RouteChange {
	const [newest, ...earlier] = changesOf(change).map((one) => (one.at === at ? { ...one, answer } : one));
	return earlier.length ? { ...newest!, earlier } : newest!;
}
