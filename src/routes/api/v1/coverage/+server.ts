import { readLedger } from '#lib/server/coverage/read-ledger.ts';
import { shownLedger } from '#lib/server/coverage/shown-ledger.ts';
import type { RequestHandler } from './$types';

/** The coverage ledger of the area the caller may see. */
export const GET: RequestHandler = async ({ locals }) => {
	return Response.json(shownLedger(await readLedger(locals.scopedDb, locals.scope, new Date())));
};
