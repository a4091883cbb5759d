import { activateRuleChange } from '#lib/server/commands/change-rule.ts';
import { Fault } from '#lib/server/errors.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import type { RequestHandler } from './$types';

/** Switches a back-tested draft on. */
export const POST: RequestHandler = async ({ locals, params, getClientAddress }) => {
	if (!isUuid(params.id))
		throw new Fault('not-found', params.id, '没有这项规则修改 · There is no such change of a rule.');
	const { runtime, principal } = locals;
	const caller = { principal, address: getClientAddress(), now: new Date() };
	const events = await activateRuleChange(runtime.databases.alarm, caller, runtime.live.state, params.id);
	runtime.hub.announce(events);
	return Response.json({ ok: true });
};
