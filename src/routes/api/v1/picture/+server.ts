import { encodePicture } from '#lib/domain/picture/encode.ts';
import { chosenEncoding, compressed } from '#lib/server/live/compress.ts';
import { pictureJson } from '#lib/server/live/picture-json.ts';
import type { RequestHandler } from './$types';

/** The whole live picture of the area the caller may see: columns for `application/octet-stream`, else JSON. */
export const GET: RequestHandler = async ({ locals: { runtime, scope }, request }) => {
	const { live } = runtime;
	await live.wall?.ask(scope);
	const columns = live.cut(scope);
	const isBinary = (request.headers.get('accept') ?? '').includes('application/octet-stream');
	const bytes = isBinary
		? encodePicture(columns)
		: new TextEncoder().encode(JSON.stringify(pictureJson(columns, live.state.byNo)));

	const encoding = chosenEncoding(request.headers.get('accept-encoding'), bytes.length);
	const headers = new Headers({
		'content-type': isBinary ? 'application/octet-stream' : 'application/json; charset=utf-8',
		'cache-control': 'no-store',
		vary: 'accept, accept-encoding',
	});
	if (encoding !== 'identity') headers.set('content-encoding', encoding);
	return new Response(new Blob([(await compressed(bytes, encoding)) as BlobPart]), { headers });
};
