import { readPhoto } from '#lib/server/field/read-photo.ts';
import { keepPhoto } from '#lib/server/commands/keep-photo.ts';
import { answerOf } from '#lib/server/http/command-answer.ts';
import type { RequestHandler } from './$types';

/** A photo as the body; hash, time and place of capture in the address. */
export const POST: RequestHandler = async ({ request, url, locals, getClientAddress }) => {
	const photo = await readPhoto(request, url);
	const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
	return answerOf(await keepPhoto(locals.runtime.databases.ingest, caller, photo), locals.runtime.hub);
};
