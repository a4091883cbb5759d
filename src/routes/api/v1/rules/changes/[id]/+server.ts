import { discardRuleChange } from '#lib/server/commands/change-rule.ts';
import { Fault } from '#lib/server/errors.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import type { RequestHandler } from './$types';

/** Puts a draft away; it stays in the history. */
export const DELETE: RequestHandler = async ({ locals, params, getClientAddress }) => {
	if (!isUuid(params.id))
		throw new Fault('not-found', params.id, '没有这项规则修改 · There is no such change of a rule.');
	const { runtime, principal } = locals;
	const caller = { principal, address: getClientAddress(), now: new Date() };
	await discardRuleChange(runtime.databases.alarm, caller, runtime.live.state, params.id);
	return new Response(null, { status: 204 });
};
