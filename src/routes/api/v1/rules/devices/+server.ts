import { RuleQuestion } from '#lib/contract/rule.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { devicesOfRule, isInScope, shownDevices } from '#lib/server/rules/rule-devices.ts';
import type { RequestHandler } from './$types';

/** The devices a change would reach, before it is saved. */
export const POST: RequestHandler = async ({ request, locals }) => {
	const { ruleKey, scope } = await jsonBody(request, RuleQuestion);
	const { live } = locals.runtime;
	await live.wall?.ask(locals.scope);
	const reached = devicesOfRule(live.state, ruleKey).filter(({ object }) => isInScope(object!, scope));
	return Response.json({
		devices: shownDevices(reached, (object) => live.shows(locals.scope, object)),
		total: reached.length,
	});
};
