import { readWhatIf } from '#lib/server/flood/read-what-if.ts';
import type { RequestHandler } from './$types';

/** What the what-if page works with. */
export const GET: RequestHandler = async ({ locals: { scopedDb, scope } }) =>
	Response.json(await readWhatIf(scopedDb, scope, new Date()));
