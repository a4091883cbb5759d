import { idOf, refusal } from '#lib/server/http/caller.ts';
import { gridMm } from '#lib/server/repositories/flood-water.ts';
import type { RequestHandler } from './$types';

/** Millimetres of a grid as 32-bit floats, rows from north to south. A grid never changes under its id. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const id = idOf(params.id, 'grid');
	const mm = await gridMm(locals.db, id);
	if (!mm) throw refusal('not-found', `grid ${id}`);
	return new Response(mm.buffer as ArrayBuffer, {
		headers: { 'content-type': 'application/octet-stream', 'cache-control': 'private, max-age=86400' },
	});
};
