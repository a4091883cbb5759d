import * as v from 'valibot';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { readSolveQuery } from '#lib/server/patrol/solve-query.ts';
import { solvePatrol } from '#lib/server/patrol/solve-patrol.ts';
import type { RequestHandler } from './$types';

/** A problem in, a plan out. A caller who hangs up ends the search. */
export const POST: RequestHandler = async ({ request, url }) => {
	const { seconds, seed } = readSolveQuery(url);
	const problem = await jsonBody(request, v.record(v.string(), v.unknown()));
	return Response.json(await solvePatrol(problem, { seconds, seed, signal: request.signal }));
};
