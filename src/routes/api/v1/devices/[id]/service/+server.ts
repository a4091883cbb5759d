import { ServiceRequest } from '#lib/contract/alarm.ts';
import { setService } from '#lib/server/commands/set-service.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** Takes a device out of service until a moment, or back into it with `until: null`. */
export const POST: RequestHandler = async ({ locals: { principal, runtime }, params, request, getClientAddress }) => {
	const wanted = await jsonBody(request, ServiceRequest);
	const caller = { principal, address: getClientAddress(), now: new Date() };
	const events = await setService(runtime.databases.alarm, caller, params.id, wanted);
	runtime.live.feed.announce(events);
	return Response.json({ deviceId: params.id, until: wanted.until });
};
