import type { CoverageNumberList } from '#lib/contract/coverage-rule.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { coverageNumberList } from '#lib/server/coverage/number-list.ts';
import type { RequestHandler } from './$types';

/** The numbers and days of coverage with their sources, the bureau's changes of them, and what each draft would do. */
export const GET: RequestHandler = async ({ locals: { scopedDb, scope, principal } }) => {
	const list: CoverageNumberList = {
		...(await coverageNumberList(scopedDb, scope, new Date())),
		may: {
			draft: authorize(principal, 'rule:draft').ok,
			activate: authorize(principal, 'rule:activate').ok,
			manage: authorize(principal, 'coverage:manage').ok,
		},
	};
	return Response.json(list);
};
