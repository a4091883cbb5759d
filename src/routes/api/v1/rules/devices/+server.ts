import { RuleQuestion, type RuleReach } from '#lib/contract/rule.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import {
	BUREAU,
	devicesOfRule,
	isInScope,
	limitOfPoint,
	ruleOf,
	shownDevices,
	subjectOfScope,
	valuesNow,
} from '#lib/server/rules/rule-devices.ts';
import type { RequestHandler } from './$types';

/** The devices a change would reach and what holds for them, before it is saved. */
export const POST: RequestHandler = async ({ request, locals }) => {
	const { ruleKey, scope } = await jsonBody(request, RuleQuestion);
	const { live } = locals.runtime;
	await live.wall?.ask(locals.scope);
	const rules = ruleOf(ruleKey);
	const reached = devicesOfRule(live.state, ruleKey).filter(({ object }) => isInScope(object!, scope));
	const devices = shownDevices(reached, (object) => live.shows(locals.scope, object));
	// What holds elsewhere is not told to whom that is not shown.
	const isShown = devices.length > 0;
	const subject = isShown ? subjectOfScope(live.state, ruleKey, scope) : BUREAU;
	return Response.json({
		...{ devices, total: reached.length },
		now: rules ? valuesNow(live.rules(), rules, subject) : {},
		limit: isShown && scope.kind === 'point' ? limitOfPoint(reached, ruleKey) : null,
	} satisfies RuleReach);
};
