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
	/** Stops that the team makes again, because another goes to the visit they were given up for; absent where none. */
	back?: string[];
	answer: RouteAnswer | null;
}

/** The newest change of a team, with those before it. */
export interface RouteChanges extends RouteChange {
	/** The newest first; absent where there were none. */
	earlier?: RouteChange[];
}

export interface RouteAnswer {
	accepted: boolean;
	reason: string;
	by: string;
}

/** All changes of a team, the newest first. */
export function changesOf(changes: RouteChanges | null): RouteChange[] {
	if (!changes) return [];
	const { earlier = [], ...newest } = changes;
	return [newest, ...earlier];
}

/** As people read them: an emergency that waits for the answer of a team is told once, however often its route changed. */
export function toldOnce<C extends Pick<RouteChange, 'key' | 'answer' | 'back'>>(changes: readonly C[]): C[] {
	const waits = ({ answer, back }: C) => !answer && !back;
	return changes.filter(
		(one, index) => !waits(one) || !changes.slice(0, index).some((other) => waits(other) && other.key === one.key),
	);
}

/** Puts a change on top; one that comes within the millisecond of the change before it counts as one millisecond later. */
export function withNewest(changes: RouteChanges | null, next: RouteChange): RouteChanges {
	const [last, ...others] = changesOf(changes);
	if (!last) return { ...next };
	const at = next.at > last.at ? next.at : new Date(Date.parse(last.at) + 1).toISOString();
	return { ...next, at, earlier: [last, ...others] };
}

/**
 * @param at - which change is answered; left out by phones of before, which know the newest only
 * @returns undefined where there is no such change
 */
export function changeToAnswer(changes: RouteChanges | null, at?: string): RouteChange | undefined {
	return changesOf(changes).find((one) => at === undefined || one.at === at);
}

export function withAnswer(changes: RouteChanges, at: string, answer: RouteAnswer): RouteChanges {
	const [newest, ...earlier] = changesOf(changes).map((one) => (one.at === at ? { ...one, answer } : one));
	return earlier.length ? { ...newest!, earlier } : newest!;
}

/**
 * The stops of a day that come back to it.
 *
 * @param back - keys of all that is made again, by whatever team
 * @returns empty when the day gets anything else as well: then it is a change like any other
 */
export function madeAgain({ before, after }: Pick<RouteChange, 'before' | 'after'>, back: readonly string[]): string[] {
	const fresh = after.stops.flatMap(({ key }) => (before.stops.some((stop) => stop.key === key) ? [] : [key]));
	return fresh.every((key) => back.includes(key)) ? fresh : [];
}
