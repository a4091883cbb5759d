import { FieldItems, type FieldOutcome } from '#lib/contract/field.ts';
import { recordFieldItem } from '#lib/server/commands/record-field-item.ts';
import { refusalFault } from '#lib/server/http/command-answer.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** Takes in the queue of a phone, in its order; each line gets its own answer. */
export const POST: RequestHandler = async ({ request, locals, getClientAddress }) => {
	const { items } = await jsonBody(request, FieldItems);
	const { databases, hub } = locals.runtime;
	const outcomes: FieldOutcome[] = [];
	for (const item of items) {
		const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
		const result = await recordFieldItem(databases.ingest, caller, item);
		if (!result.ok) throw refusalFault(result);
		hub.announce(result.events);
		outcomes.push(result.outcome);
	}
	return Response.json({ outcomes });
};
