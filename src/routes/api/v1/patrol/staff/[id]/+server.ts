import { StaffEdit } from '#lib/contract/staff.ts';
import { putStaff, removeBase } from '#lib/server/commands/change-staff.ts';
import { callerOf, idOf, refusal } from '#lib/server/http/caller.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** Adds or changes an officer, an expert, a car or a place to start from; the id of a new one is made by the caller. */
export const PUT: RequestHandler = async (event) => {
	const id = idOf(event.params.id, 'staff');
	const edit = await jsonBody(event.request, StaffEdit);
	const result = await putStaff(event.locals.runtime.databases.ingest, callerOf(event), id, edit);
	if (!result.ok) throw refusal(result.reason, `${edit.kind} ${edit.values.name}`);
	return Response.json({ id, seq: result.seq });
};

/** Takes a place to start from out. */
export const DELETE: RequestHandler = async (event) => {
	const id = idOf(event.params.id, 'base');
	const result = await removeBase(event.locals.runtime.databases.ingest, callerOf(event), id);
	if (!result.ok) throw refusal(result.reason, `base ${id}`);
	return Response.json({ id, seq: result.seq });
};
