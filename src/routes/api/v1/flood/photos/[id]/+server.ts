import { ASKED_AGAIN } from '#lib/server/http/caching.ts';
import { idOf, refusal } from '#lib/server/http/caller.ts';
import { photoOf } from '#lib/server/repositories/flood-photo.ts';
import type { RequestHandler } from './$types';

/** A photo a site sent, with the hash it was kept under. */
export const GET: RequestHandler = async ({ locals: { scopedDb, scope, caller, runtime }, params }) => {
	const id = idOf(params.id, 'photo');
	const photo = await photoOf(scopedDb, scope, id);
	if (!photo) throw refusal('not-found', `photo ${id}`);
	await runtime.sheets.opened(caller, `photo ${id}`);
	return new Response(Uint8Array.from(photo.bytes), {
		headers: {
			'content-type': photo.mediaType,
			'content-disposition': 'inline',
			'cache-control': ASKED_AGAIN,
			etag: `"${photo.sha256}"`,
			digest: `sha-256=${Buffer.from(photo.sha256, 'hex').toString('base64')}`,
		},
	});
};
