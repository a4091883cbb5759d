import { PushRequest } from '#lib/contract/alarm-desk.ts';
import { subscribePush } from '#lib/server/commands/subscribe-push.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** This browser wants to be told of alarms that reach its person. */
export const POST: RequestHandler = async ({ locals: { principal, runtime }, request, getClientAddress }) => {
	const { endpoint, keys } = await jsonBody(request, PushRequest);
	const caller = { principal, address: getClientAddress(), now: new Date() };
	const agent = request.headers.get('user-agent') ?? '';
	await subscribePush(runtime.databases.alarm, caller, { endpoint, ...keys }, agent);
	return Response.json({ ok: true });
};
