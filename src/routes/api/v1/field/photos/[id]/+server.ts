import { ASKED_AGAIN } from '#lib/server/http/caching.ts';
import { refusalFault } from '#lib/server/http/command-answer.ts';
import { uuidParam } from '#lib/server/http/uuid.ts';
import { evidenceById } from '#lib/server/repositories/evidence.ts';
import type { RequestHandler } from './$types';

/** A photo, to whoever may read the register where its site stands. */
export const GET: RequestHandler = async ({ params, locals: { scopedDb, scope, caller, runtime } }) => {
	const id = uuidParam(params.id, 'photo');
	const photo = await evidenceById(scopedDb, scope, id);
	if (!photo) throw refusalFault({ reason: 'not-found' });
	await runtime.sheets.opened(caller, `photo ${id}`);
	return new Response(new Uint8Array(photo.content), {
		headers: {
			'content-type': photo.mime,
			etag: `"${photo.sha256}"`,
			'cache-control': ASKED_AGAIN,
			'content-disposition': 'inline',
		},
	});
};
