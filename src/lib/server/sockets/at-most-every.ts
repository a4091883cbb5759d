// How often a browser may ask for the same thing.

/** @returns asks whether it may now; true begins the wait anew */
export function atMostEvery(ms: number, now: () => number): () => boolean {
	let last = -Infinity;
	return () => {
		if (now() - last < ms) return false;
		last = now();
		return true;
	};
}
