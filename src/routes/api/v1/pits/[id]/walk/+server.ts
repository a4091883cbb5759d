import { WalkWish } from '#lib/contract/pit-section.ts';
import { recordWalk } from '#lib/server/commands/report-pit.ts';
import { Fault } from '#lib/server/errors.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import type { RequestHandler } from './$types';

/** Records the daily walk. */
export const POST: RequestHandler = async ({ request, locals, params, getClientAddress }) => {
	if (!isUuid(params.id)) throw new Fault('not-found', params.id, '没有这个基坑 · There is no such pit.');
	const { runtime, principal } = locals;
	const wish = await jsonBody(request, WalkWish);
	const caller = { principal, address: getClientAddress(), now: new Date() };
	await recordWalk(runtime.databases.alarm, caller, params.id, wish);
	return Response.json({ ok: true }, { status: 201 });
};
