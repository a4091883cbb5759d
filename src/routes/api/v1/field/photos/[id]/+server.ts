import { authorize } from '#lib/domain/access/authorize.ts';
import { refusalFault } from '#lib/server/http/command-answer.ts';
import { uuidParam } from '#lib/server/http/uuid.ts';
import { evidenceById } from '#lib/server/repositories/evidence.ts';
import type { RequestHandler } from './$types';

/** A photo, to whoever may read the register where its site stands. */
export const GET: RequestHandler = async ({ params, locals }) => {
	const photo = await evidenceById(locals.db, uuidParam(params.id, 'photo'));
	if (!photo) throw refusalFault({ reason: 'not-found' });
	const place = { townCode: photo.town_code, ...(photo.site_id ? { siteId: photo.site_id } : {}) };
	if (!authorize(locals.principal, 'register:read', place).ok) throw refusalFault({ reason: 'not-found' });
	return new Response(new Uint8Array(photo.content), {
		headers: {
			'content-type': photo.mime,
			etag: `"${photo.sha256}"`,
			'cache-control': 'private, max-age=86400, immutable',
			'content-disposition': 'inline',
		},
	});
};
