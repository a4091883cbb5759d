import { tiandituTile } from '#lib/server/basemap/own-base.ts';
import { Fault } from '#lib/server/errors.ts';
import { faultResponse } from '#lib/server/http/api.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	try {
		const at: [number, number, number] = [Number(params.z), Number(params.x), Number(params.y)];
		const { bytes, type } = await tiandituTile(locals.runtime.config, params.layer, at);
		return new Response(bytes, { headers: { 'content-type': type, 'cache-control': 'private, max-age=86400' } });
	} catch (error) {
		if (error instanceof Fault) return faultResponse(error);
		throw error;
	}
};
