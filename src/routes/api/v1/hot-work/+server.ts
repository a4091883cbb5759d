import type { HotWorkList } from '#lib/contract/hot-work.ts';
import type { RequestHandler } from './$types';

/** Welding machines of the area the caller may see that work now, or fell silent while they did. */
export const GET: RequestHandler = async ({ locals: { runtime, scope } }) => {
	const list: HotWorkList = { items: await runtime.live.hotWork(scope) };
	return Response.json(list, { headers: { 'cache-control': 'no-store' } });
};
