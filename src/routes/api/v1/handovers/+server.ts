import { SignOver, type HandoverAnswer } from '#lib/contract/alarm-desk.ts';
import { sheetNow, shiftArea } from '#lib/server/alarms/handover-sheet.ts';
import { signHandover } from '#lib/server/commands/sign-handover.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { handovers } from '#lib/server/repositories/handover.ts';
import type { RequestHandler } from './$types';

const LISTED = 10;

/** The sheet as things stand since the last hand-over, and the last ones that were signed. */
export const GET: RequestHandler = async ({ locals: { scopedDb, scope, principal, runtime } }) => {
	const signed = await handovers(scopedDb, scope, LISTED);
	const sheet = await sheetNow(scopedDb, runtime.live, scope, shiftArea(principal), new Date());
	return Response.json({ sheet, signed } satisfies HandoverAnswer);
};

/** The leaving officer signs: the sheet is frozen as it is now, if nothing dangerous on it is news to them. */
export const POST: RequestHandler = async ({ locals, request, getClientAddress }) => {
	const { scopedDb, scope, principal, runtime } = locals;
	const { note, ...seen } = await jsonBody(request, SignOver);
	const now = new Date();
	const area = shiftArea(principal);
	const sheet = await sheetNow(scopedDb, runtime.live, scope, area, now);
	const caller = { principal, address: getClientAddress(), now };
	const { id, events } = await signHandover(runtime.databases.alarm, caller, { sheet, note, area, seen });
	runtime.live.feed.announce(events);
	return Response.json({ id });
};
