import { StaffUndo } from '#lib/contract/staff.ts';
import { undoStaff } from '#lib/server/commands/change-staff.ts';
import { callerOf, refusal } from '#lib/server/http/caller.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { staffView } from '#lib/server/planning/staff-view.ts';
import type { RequestHandler } from './$types';

/** Officers, experts, cars, places to start from, and what was changed in them. */
export const GET: RequestHandler = async ({ locals: { db } }) => Response.json(await staffView(db, new Date()));

/** Takes a change back. */
export const POST: RequestHandler = async (event) => {
	const { seq } = await jsonBody(event.request, StaffUndo);
	const result = await undoStaff(event.locals.runtime.databases.ingest, callerOf(event), seq);
	if (!result.ok) throw refusal(result.reason, `change ${seq}`);
	return Response.json({ id: result.id, seq: result.seq });
};
