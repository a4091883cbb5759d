import { ownFile } from '#lib/server/basemap/own-base.ts';
import { Fault } from '#lib/server/errors.ts';
import { faultResponse } from '#lib/server/http/api.ts';
import type { RequestHandler } from './$types';

/** Style or archive of the bureau's own base map, archives in parts. */
export const GET: RequestHandler = async ({ locals, params, request }) => {
	try {
		const { bytes, range } = await ownFile(locals.runtime.config, params.file, request.headers.get('range'));
		const headers = new Headers({
			'content-type': params.file.endsWith('.json') ? 'application/json' : 'application/octet-stream',
			'accept-ranges': 'bytes',
			'cache-control': 'private, max-age=300',
		});
		if (range) headers.set('content-range', `bytes ${range.from}-${range.to}/${range.size}`);
		return new Response(bytes as BodyInit, { status: range ? 206 : 200, headers });
	} catch (error) {
		if (error instanceof Fault) return faultResponse(error);
		throw error;
	}
};
