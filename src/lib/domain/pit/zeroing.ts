// A sensor set to zero anew, by the people who changed or adjusted it: from that moment on it counts from nothing, and
// what the point had reached before is added to what it says. The step itself is no movement.

export interface Zeroing {
	atMs: number;
	/** What the point had reached just before, in the unit of its readings. */
	kept: number;
}

/** As it is written down: `at` and `recordedAt` ISO 8601. */
export interface StoredZeroing {
	at: string;
	kept: number;
	reason: string;
	by: string;
	recordedAt: string;
}

export const zeroingsIn = (stored: readonly StoredZeroing[]): Zeroing[] =>
	stored.map(({ at, kept }) => ({ atMs: Date.parse(at), kept }));

export const NEVER_ZEROED: readonly Zeroing[] = [];

/**
 * What is added to a reading of that moment: the newest zeroing has the sum of all before it.
 *
 * @param zeroings - oldest first
 */
export function keptAt(zeroings: readonly Zeroing[], atMs: number): number {
	for (let i = zeroings.length - 1; i >= 0; i--) if (zeroings[i]!.atMs <= atMs) return zeroings[i]!.kept;
	return 0;
}
