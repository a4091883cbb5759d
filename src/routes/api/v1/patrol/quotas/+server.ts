import { QuotaWish } from '#lib/contract/staff.ts';
import { setQuota } from '#lib/server/commands/set-quota.ts';
import { callerOf, refusal } from '#lib/server/http/caller.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** Sets how many visits an expert or an agency takes over a span of days. */
export const POST: RequestHandler = async (event) => {
	const wish = await jsonBody(event.request, QuotaWish);
	const result = await setQuota(event.locals.runtime.databases.ingest, callerOf(event), wish);
	if (!result.ok) throw refusal(result.reason, 'quota');
	return Response.json({ id: result.id });
};
