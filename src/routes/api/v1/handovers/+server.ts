import { SignOver, type HandoverAnswer } from '#lib/contract/alarm-desk.ts';
import { handoverSheet } from '#lib/server/alarms/handover-sheet.ts';
import { signHandover } from '#lib/server/commands/sign-handover.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { handovers } from '#lib/server/repositories/handover.ts';
import type { RequestHandler } from './$types';

const SHIFT_MS = 12 * 3_600_000;
const LISTED = 10;

/** The sheet as things stand since the last hand-over, and the last ones that were signed. */
export const GET: RequestHandler = async ({ locals: { scopedDb, scope, runtime } }) => {
	const signed = await handovers(scopedDb, scope, LISTED);
	const now = new Date();
	const last = signed[0] ? new Date(signed[0].sheet.to) : new Date(now.getTime() - SHIFT_MS);
	const sheet = await handoverSheet(
		scopedDb,
		runtime.live,
		scope,
		last < now ? last : new Date(now.getTime() - 1),
		now,
	);
	return Response.json({ sheet, signed } satisfies HandoverAnswer);
};

/** The leaving officer signs: the sheet is frozen as it is now. */
export const POST: RequestHandler = async ({ locals, request, getClientAddress }) => {
	const { scopedDb, scope, principal, runtime } = locals;
	const { note } = await jsonBody(request, SignOver);
	const now = new Date();
	const area = principal.kind === 'person' ? (principal.grants[0]?.area ?? '') : '';
	const [last] = await handovers(scopedDb, scope, 1, area);
	const from = last ? new Date(last.sheet.to) : new Date(now.getTime() - SHIFT_MS);
	const sheet = await handoverSheet(scopedDb, runtime.live, scope, from, now);
	const caller = { principal, address: getClientAddress(), now };
	const { id, events } = await signHandover(runtime.databases.alarm, caller, { sheet, note, area });
	runtime.live.feed.announce(events);
	return Response.json({ id });
};
