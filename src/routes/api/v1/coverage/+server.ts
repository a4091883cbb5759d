import { readLedger } from '#lib/server/coverage/read-ledger.ts';
import type { RequestHandler } from './$types';

/** The coverage ledger of the area the caller may see. */
export const GET: RequestHandler = async ({ locals }) => {
	const { facts: _facts, ...ledger } = await readLedger(locals.scopedDb, locals.scope, new Date());
	return Response.json(ledger);
};
