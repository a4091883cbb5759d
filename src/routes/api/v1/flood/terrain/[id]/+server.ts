import { removeTerrain } from '#lib/server/commands/take-terrain.ts';
import { callerOf, idOf, refusal } from '#lib/server/http/caller.ts';
import { groundOf } from '#lib/server/repositories/terrain.ts';
import type { RequestHandler } from './$types';

/** Heights as 32-bit floats, rows from north to south. A terrain never changes under its id. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const id = idOf(params.id, 'terrain');
	const ground = await groundOf(locals.db, id);
	if (!ground) throw refusal('not-found', `terrain ${id}`);
	return new Response(ground.buffer, {
		headers: { 'content-type': 'application/octet-stream', 'cache-control': 'private, max-age=86400' },
	});
};

export const DELETE: RequestHandler = async (event) => {
	const id = idOf(event.params.id, 'terrain');
	const result = await removeTerrain(event.locals.runtime.databases.ingest, callerOf(event), id);
	if (!result.ok) throw refusal(result.reason, `terrain ${id}`);
	return Response.json({ id });
};
