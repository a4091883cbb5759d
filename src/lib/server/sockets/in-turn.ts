// Work that everybody comes up for again and again, spread over the time between: all at once would hold up what is
// urgent.

export interface TurnOptions {
	/** How long nobody has to wait longer than, ms; a small part of everybody comes up each `everyMs`. */
	withinMs: number;
	everyMs: number;
}

/**
 * @returns who comes up now, of those who are here; to be asked each `everyMs`. Whoever is new waits like one that has
 *   just been up.
 */
export function turns<T extends object>({ withinMs, everyMs }: TurnOptions): (here: Iterable<T>, nowMs: number) => T[] {
	const upMs = new WeakMap<T, number>();
	return (here, nowMs) => {
		const all = [...here];
		for (const one of all) if (!upMs.has(one)) upMs.set(one, nowMs);
		// One tick less than there are: so that many who came at the same time are through in time.
		const many = Math.ceil(all.length / Math.max(1, Math.floor(withinMs / everyMs) - 1));
		const waited = (one: T) => nowMs - upMs.get(one)!;
		const next = all
			.filter((one) => waited(one) >= everyMs)
			.sort((a, b) => waited(b) - waited(a))
			.slice(0, many);
		for (const one of next) upMs.set(one, nowMs);
		return next;
	};
}
