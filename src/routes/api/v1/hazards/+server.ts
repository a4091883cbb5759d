import { api, listResponse } from '#lib/server/http/api.ts';
import { listQuery } from '#lib/server/http/list-query.ts';
import { hazardFeatures } from '#lib/server/repositories/hazard-list.ts';
import type { RequestEvent } from './$types';

export const GET = api(async ({ locals, url }: RequestEvent) => {
	const filter = listQuery(url);
	const features = await hazardFeatures(locals.db, locals.scope, filter);
	return listResponse(url, filter, features, () => filter.after + features.length);
});
