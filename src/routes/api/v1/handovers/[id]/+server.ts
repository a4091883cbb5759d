import { signHandover } from '#lib/server/commands/sign-handover.ts';
import { Fault } from '#lib/server/errors.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import type { RequestHandler } from './$types';

/** The coming officer signs what stands on the sheet. */
export const POST: RequestHandler = async ({ locals: { principal, runtime }, params, getClientAddress }) => {
	if (!isUuid(params.id)) throw new Fault('not-found', params.id, '没有这张交接单 · There is no such sheet.');
	const caller = { principal, address: getClientAddress(), now: new Date() };
	const { id, events } = await signHandover(runtime.databases.alarm, caller, { countersign: params.id });
	runtime.live.feed.announce(events);
	return Response.json({ id });
};
