import { readBoard } from '#lib/server/board/read-board.ts';
import { registerVersion } from '#lib/server/repositories/register-version.ts';
import type { RequestHandler } from './$types';

/** The register as the map draws it, for the area the caller may see. Answers 304 while nothing has changed. */
export const GET: RequestHandler = async ({ locals: { db, scopedDb, scope, runtime }, request }) => {
	const today = new Date();
	const register = await registerVersion(db, today);
	const sees = scope.kind === 'areas' ? [...scope.areas, ...scope.layers].join('.') : 'all';
	const etag = `"${register.version}.${sees}"`;
	if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: { etag } });

	const { DISTRICT: code, DISTRICT_NAME: name, DISTRICT_NAME_EN: nameEn } = runtime.config;
	const board = await readBoard(scopedDb, scope, { code, name, nameEn }, register, today);
	return Response.json(board, { headers: { etag, 'cache-control': 'private, no-cache' } });
};
