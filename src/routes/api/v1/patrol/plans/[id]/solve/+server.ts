import { refusalFault } from '#lib/server/http/command-answer.ts';
import { uuidParam } from '#lib/server/http/uuid.ts';
import { readSolveQuery } from '#lib/server/patrol/solve-query.ts';
import { solveStream } from '#lib/server/planning/solve-stream.ts';
import { planById } from '#lib/server/repositories/patrol-plan.ts';
import type { RequestHandler } from './$types';

/** Solves the plan as it stands: a line of JSON for every step, the plan in the last. */
export const POST: RequestHandler = async ({ params, url, request, locals }) => {
	const plan = await planById(locals.scopedDb, locals.scope, uuidParam(params.id, 'plan'));
	if (!plan) throw refusalFault({ reason: 'not-found' });
	if (plan.state !== 'draft' || plan.isSealed) throw refusalFault({ reason: 'not-a-draft' });
	const stream = solveStream(plan, { ...readSolveQuery(url), signal: request.signal, onFault: locals.runtime.fault });
	return new Response(stream, {
		headers: { 'content-type': 'application/x-ndjson', 'cache-control': 'no-store', 'x-accel-buffering': 'no' },
	});
};
