import type { RequestHandler } from './$types';

/** The flood situation as pages and walls draw it. */
export const GET: RequestHandler = async ({ locals: { runtime, scopedDb, scope } }) =>
	Response.json(await runtime.flood.pictures.read(scopedDb, scope));
