import { verifyAudit } from '#lib/server/audit/verify.ts';
import { auditQuery } from '#lib/server/http/audit-query.ts';
import { auditLines } from '#lib/server/repositories/audit-list.ts';
import type { PageServerLoad } from './$types';

const PAGE = 100;

/** `?verify=1` recomputes the whole chain; the other parameters filter (http/audit-query.ts). */
export const load: PageServerLoad = async ({ locals, url }) => {
	const filter = auditQuery(url);
	await locals.runtime.sheets.opened(locals.caller, 'audit trail');
	const lines = await auditLines(locals.db, filter, PAGE + 1);
	return {
		lines: lines.slice(0, PAGE),
		older: lines.length > PAGE ? lines[PAGE - 1]!.seq : null,
		chain: url.searchParams.has('verify') ? await verifyAudit(locals.db) : null,
		filter: Object.fromEntries(url.searchParams) as Record<string, string>,
	};
};
