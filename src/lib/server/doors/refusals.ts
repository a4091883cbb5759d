// How often the doors sent somebody away, by door and reason: a stolen key, a forgotten token or a guesser shows here
// first. Counted for the process; the doors of the process and of the app are two copies of this module.

/**
 * `front`: host, origin, size. `page`: pages and the API. `command`: permitted in general, but not on this thing.
 * `connection`: too many of one address.
 */
export type Door = 'front' | 'page' | 'command' | 'socket' | 'telemetry' | 'mqtt' | 'connection';

const KEY = Symbol.for('sitewatch.refusals');
type Slot = { [KEY]?: Map<string, number> };
const counts = (): Map<string, number> => ((globalThis as Slot)[KEY] ??= new Map<string, number>());

/** @param reason - a code of ours, never a word of whoever asked */
export function noteRefusal(door: Door, reason: string): void {
	const key = `${door} ${reason}`;
	counts().set(key, (counts().get(key) ?? 0) + 1);
}

/** By `door reason`. */
export function refusals(): ReadonlyMap<string, number> {
	return counts();
}
