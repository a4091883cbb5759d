import { readFloodNow } from '#lib/server/flood/read-now.ts';
import type { RequestHandler } from './$types';

/** The flood situation as pages and walls draw it. */
export const GET: RequestHandler = async ({ locals }) => {
	const { runtime, db, scope } = locals;
	return Response.json(await readFloodNow(db, scope, runtime.config.DISTRICT, new Date()));
};
