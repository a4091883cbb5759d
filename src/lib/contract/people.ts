// POST /api/v1/people/reveal: names and numbers that a sheet shows masked, for a reason that goes into the audit trail.

import * as v from 'valibot';

export const REVEAL_SHEETS = ['site', 'routeSheet'] as const;

export const RevealRequest = v.object({
	/** On which sheet somebody wants to read them. */
	sheet: v.picklist(REVEAL_SHEETS),
	/** A site, or the stops of a route sheet. */
	sites: v.pipe(v.array(v.pipe(v.string(), v.uuid())), v.minLength(1), v.maxLength(100)),
	reason: v.pipe(v.string(), v.trim(), v.minLength(2, 'a reason is needed'), v.maxLength(200)),
});
export type RevealRequest = v.InferOutput<typeof RevealRequest>;

/** The people a site names, unmasked. */
export interface SitePeople {
	siteId: string;
	gridOwner: string | null;
	gridBackup: string | null;
	/** By the moment of the visit, ISO 8601. */
	visits: { visitedAt: string; supervisors: string[] }[];
	/** `name phone`, as the register keeps it. */
	contact: string | null;
	/** By the id of the ledger's line. */
	ledger: { id: string; person: string | null; phone: string | null }[];
	/** By the id of the receipt: who answered an order for the site. */
	receipts: { id: string; byName: string }[];
}
