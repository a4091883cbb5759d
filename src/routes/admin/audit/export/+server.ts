import { exportAudit } from '#lib/server/commands/export-audit.ts';
import { Fault } from '#lib/server/errors.ts';
import { auditQuery } from '#lib/server/http/audit-query.ts';
import type { RequestHandler } from './$types';

/** The filtered trail as a file. Sent as a form, because it writes an entry of its own. */
export const POST: RequestHandler = async ({ locals, url }) => {
	const result = await exportAudit(locals.runtime.databases.ingest, locals.caller, auditQuery(url));
	if (!result.ok) throw new Fault('forbidden', 'audit', '只有审计员可以导出 · Only the auditor may export the trail.');
	const day = locals.caller.now.toISOString().slice(0, 10);
	return new Response(result.csv, {
		headers: {
			'content-type': 'text/csv; charset=utf-8',
			'content-disposition': `attachment; filename="audit-${day}.csv"`,
			'cache-control': 'no-store',
		},
	});
};
