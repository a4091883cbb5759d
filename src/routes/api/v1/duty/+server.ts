import { EndShift, NewShift } from '#lib/contract/alarm-desk.ts';
import { changeDuty } from '#lib/server/commands/change-duty.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { roster } from '#lib/server/notify/roster.ts';
import type { RequestHandler } from './$types';

/** The roster of the coming days, the ladder with who is on it now, who was told lately, and by which channels. */
export const GET: RequestHandler = async ({ locals: { db, scope, runtime } }) =>
	Response.json(await roster(db, scope, runtime, new Date()));

export const POST: RequestHandler = async ({ locals: { principal, runtime }, request, getClientAddress }) => {
	const add = await jsonBody(request, NewShift);
	const caller = { principal, address: getClientAddress(), now: new Date() };
	runtime.live.feed.announce(await changeDuty(runtime.databases.alarm, caller, { add }));
	return Response.json({ ok: true });
};

export const DELETE: RequestHandler = async ({ locals: { principal, runtime }, request, getClientAddress }) => {
	const { id } = await jsonBody(request, EndShift);
	const caller = { principal, address: getClientAddress(), now: new Date() };
	runtime.live.feed.announce(await changeDuty(runtime.databases.alarm, caller, { remove: id }));
	return Response.json({ ok: true });
};
