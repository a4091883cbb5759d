import { Fault } from '#lib/server/errors.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import { markReceived } from '#lib/server/repositories/notice.ts';
import type { RequestHandler } from './$types';

/** The browser's receipt: the push has arrived. Whoever has the id has the message. */
export const POST: RequestHandler = async ({ locals: { runtime }, params }) => {
	const known = isUuid(params.id) && (await markReceived(runtime.databases.alarm, params.id, new Date()));
	if (!known) throw new Fault('not-found', params.id, '没有这条消息 · There is no such message.');
	return Response.json({ ok: true });
};
