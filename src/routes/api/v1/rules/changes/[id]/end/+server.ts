import { EndWish } from '#lib/contract/rule.ts';
import { endRuleChange } from '#lib/server/commands/change-rule.ts';
import { Fault } from '#lib/server/errors.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import type { RequestHandler } from './$types';

/** Takes a change out of force, with a reason; `restore` puts the one before back. */
export const POST: RequestHandler = async ({ request, locals, params, getClientAddress }) => {
	if (!isUuid(params.id))
		throw new Fault('not-found', params.id, '没有这项规则修改 · There is no such change of a rule.');
	const { runtime, principal } = locals;
	const wish = await jsonBody(request, EndWish);
	const caller = { principal, address: getClientAddress(), now: new Date() };
	const events = await endRuleChange(runtime.databases.alarm, caller, runtime.live.state, params.id, wish);
	runtime.hub.announce(events);
	return Response.json({ ok: true });
};
