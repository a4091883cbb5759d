// A list that keeps the newest entries only. Whatever grows while a page stays open for weeks goes through one.

/** The last `limit` of `kept` followed by `added`, as a new array; `kept` itself when nothing was added. */
export function keepNewest<T>(kept: readonly T[], added: readonly T[], limit: number): readonly T[] {
	if (added.length === 0) return kept;
	return [...kept.slice(Math.max(0, kept.length + added.length - limit)), ...added.slice(-limit)];
}
