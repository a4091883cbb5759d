// POST /api/v1/beacons: what went wrong in a browser, or how much memory its page holds. No names, no addresses.

import * as v from 'valibot';

export const BEACONS = ['error', 'contextLost', 'heap'] as const;

export const Beacon = v.variant('kind', [
	/** An error nobody caught; the first line of it. */
	v.object({ kind: v.literal('error'), message: v.pipe(v.string(), v.maxLength(300)) }),
	/** The graphics card took a map away. */
	v.object({ kind: v.literal('contextLost') }),
	/** Megabytes of memory the page holds. */
	v.object({ kind: v.literal('heap'), mb: v.pipe(v.number(), v.minValue(0), v.maxValue(100_000)) }),
]);
export type Beacon = v.InferOutput<typeof Beacon>;
