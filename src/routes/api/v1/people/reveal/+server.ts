import { RevealRequest } from '#lib/contract/people.ts';
import { revealPeople } from '#lib/server/commands/reveal-people.ts';
import { refusal } from '#lib/server/http/caller.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** Names and numbers that sheets show masked, for a reason; every answer is an entry of the audit trail. */
export const POST: RequestHandler = async ({ locals: { runtime, caller }, request }) => {
	const asked = await jsonBody(request, RevealRequest);
	const result = await revealPeople(runtime.databases.ingest, caller, asked);
	if (!result.ok) throw refusal(result.reason, 'people');
	return Response.json({ people: result.people }, { headers: { 'cache-control': 'no-store' } });
};
