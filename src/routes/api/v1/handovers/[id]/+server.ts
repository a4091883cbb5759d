import { HandoverReply } from '#lib/contract/alarm-desk.ts';
import { replyToHandover } from '#lib/server/commands/sign-handover.ts';
import { Fault } from '#lib/server/errors.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import type { RequestHandler } from './$types';

/** The coming officer takes what stands on the sheet, or refuses it. */
export const POST: RequestHandler = async ({ locals: { principal, runtime }, params, request, getClientAddress }) => {
	if (!isUuid(params.id)) throw new Fault('not-found', params.id, '没有这张交接单 · There is no such sheet.');
	const reply = await jsonBody(request, HandoverReply);
	const caller = { principal, address: getClientAddress(), now: new Date() };
	const events = await replyToHandover(runtime.databases.alarm, caller, params.id, reply);
	runtime.live.feed.announce(events);
	return Response.json({ id: params.id });
};
