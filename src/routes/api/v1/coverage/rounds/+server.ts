import { RoundWish } from '#lib/contract/coverage.ts';
import { makeRounds } from '#lib/server/commands/make-rounds.ts';
import { answerOf } from '#lib/server/http/command-answer.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** Makes the rounds of a year, a campaign or a key period. */
export const POST: RequestHandler = async ({ request, locals, getClientAddress }) => {
	const wish = await jsonBody(request, RoundWish);
	const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
	return answerOf(await makeRounds(locals.runtime.databases.ingest, caller, wish), locals.runtime.hub);
};
