import { qualityAnswer } from '#lib/server/alarms/quality-answer.ts';
import { Fault } from '#lib/server/errors.ts';
import type { RequestHandler } from './$types';

/** How good the alarm system itself was over the last `?days=` (1 to 90, default 7). */
export const GET: RequestHandler = async ({ locals: { scope, runtime }, url }) => {
	const days = Number(url.searchParams.get('days') ?? 7);
	if (!(days >= 1 && days <= 90)) throw new Fault('bad-input', 'days', '“days” 应为 1 到 90 · “days” must be 1 to 90.');
	const answer = await runtime.databases.heavy(scope, 'lately', (db) =>
		qualityAnswer(db, runtime.live, scope, days, new Date()),
	);
	return Response.json(answer);
};
