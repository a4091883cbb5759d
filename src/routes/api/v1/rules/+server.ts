import { RuleWish, type RuleList } from '#lib/contract/rule.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { draftRuleChange } from '#lib/server/commands/change-rule.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { ruleList } from '#lib/server/rules/rule-list.ts';
import type { RequestHandler } from './$types';

/** Every rule with its numbers, changes and back-tests. */
export const GET: RequestHandler = async ({ locals }) => {
	const { runtime, principal, scopedDb } = locals;
	const list: RuleList = {
		...(await ruleList(scopedDb, runtime.live, runtime.backTests, locals.scope, new Date())),
		may: { draft: authorize(principal, 'rule:draft').ok, activate: authorize(principal, 'rule:activate').ok },
	};
	return Response.json(list);
};

/** Drafts a change; nothing is in force by it. */
export const POST: RequestHandler = async ({ request, locals, getClientAddress }) => {
	const { runtime, principal } = locals;
	const wish = await jsonBody(request, RuleWish);
	const caller = { principal, address: getClientAddress(), now: new Date() };
	const id = await draftRuleChange(runtime.databases.alarm, caller, runtime.live, wish);
	return Response.json({ id }, { status: 201 });
};
