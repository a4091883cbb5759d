// Tells whoever holds something open for a session (a socket, a cached answer) that it has ended or must be looked at
// again. The server process and the built app hold two copies of every module, so the listeners stand on globalThis.

export type EndedSessions = { sessionIds: readonly string[] } | { personId: string };
type Listener = (ended: EndedSessions) => void;

const KEY = Symbol.for('sitewatch.session-end');
type Slot = { [KEY]?: Map<string, Listener> };

function listeners(): Map<string, Listener> {
	return ((globalThis as Slot)[KEY] ??= new Map());
}

/** Sets the listener of that name, in place of the one an earlier load of the app has set. */
export function onSessionsEnded(name: string, listener: Listener): () => void {
	listeners().set(name, listener);
	return () => void listeners().delete(name);
}

/** Called after the commit that ended them. Other processes learn it when they next ask the database. */
export function announceEndedSessions(ended: EndedSessions): void {
	for (const listener of listeners().values()) listener(ended);
}
