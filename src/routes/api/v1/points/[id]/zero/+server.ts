import { ZeroingWish } from '#lib/contract/pit-section.ts';
import { zeroPoint } from '#lib/server/commands/zero-point.ts';
import { Fault } from '#lib/server/errors.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import type { RequestHandler } from './$types';

/** Records that the sensor of a pit point was set to zero anew. */
export const POST: RequestHandler = async ({ request, locals, params, getClientAddress }) => {
	if (!isUuid(params.id)) throw new Fault('not-found', params.id, '没有这个测点 · There is no such point.');
	const { runtime, principal } = locals;
	const wish = await jsonBody(request, ZeroingWish);
	const caller = { principal, address: getClientAddress(), now: new Date() };
	const announce = runtime.hub.announce.bind(runtime.hub);
	return Response.json(await zeroPoint(runtime.databases.ingest, caller, params.id, wish, { announce }));
};
