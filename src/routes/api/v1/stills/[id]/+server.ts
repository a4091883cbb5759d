import { Fault } from '#lib/server/errors.ts';
import { ASKED_AGAIN } from '#lib/server/http/caching.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import { stillWithBytes } from '#lib/server/repositories/still.ts';
import type { RequestHandler } from './$types';

/** A picture as it came, with its hash as the tag. */
export const GET: RequestHandler = async ({ locals, params: { id } }) => {
	const still = isUuid(id) ? await stillWithBytes(locals.scopedDb, locals.scope, id) : undefined;
	if (!still) throw new Fault('not-found', `still ${id}`, '没有这张图片 · No such still.');
	await locals.runtime.sheets.opened(locals.caller, `still ${id}`);
	return new Response(new Uint8Array(still.bytes), {
		headers: {
			'content-type': still.contentType,
			etag: `"${still.sha256}"`,
			'cache-control': ASKED_AGAIN,
			'x-content-type-options': 'nosniff',
			'content-security-policy': "default-src 'none'; sandbox",
		},
	});
};
