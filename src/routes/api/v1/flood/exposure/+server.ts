import { readWhatIf } from '#lib/server/flood/read-what-if.ts';
import type { RequestHandler } from './$types';

/** What the what-if page works with. */
export const GET: RequestHandler = async ({ locals: { db, scope } }) =>
	Response.json(await readWhatIf(db, scope, new Date()));
