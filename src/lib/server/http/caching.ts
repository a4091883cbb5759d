// What browsers may keep of an answer. Nothing of what is asked of the API, unless a door says otherwise.

/** Kept, and asked about every time (304): whoever may not see it any more does not, and the trail knows of every look. */
export const ASKED_AGAIN = 'private, no-cache';

/** Private data stays out of caches; a door that has said something of its own is left alone. */
export function keepOut(headers: Headers): void {
	if (!headers.has('cache-control')) headers.set('cache-control', 'private, no-store');
}
