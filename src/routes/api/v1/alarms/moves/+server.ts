import { MoveRequest } from '#lib/contract/alarm.ts';
import { answerMove } from '#lib/server/alarms/answer-move.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** A person's move on alarms: which were moved, and for each that was not a sentence why. */
export const POST: RequestHandler = async ({ locals: { principal, runtime }, request, getClientAddress }) => {
	const wanted = await jsonBody(request, MoveRequest);
	const caller = { principal, address: getClientAddress(), now: new Date() };
	return Response.json(await answerMove(runtime.databases.alarm, runtime.live, caller, wanted));
};
