import { undoImport } from '#lib/server/commands/undo-import.ts';
import { Fault } from '#lib/server/errors.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import type { RequestHandler } from './$types';

/** Takes an import back. */
export const POST: RequestHandler = async ({ locals, params, getClientAddress }) => {
	if (!isUuid(params.id))
		throw new Fault('not-found', `source ${params.id}`, '没有这次导入 · There is no such import.');
	const { runtime, principal } = locals;
	const caller = { principal, address: getClientAddress(), now: new Date() };
	const announce = runtime.hub.announce.bind(runtime.hub);
	return Response.json(await undoImport(runtime.databases.ingest, caller, params.id, { announce }));
};
