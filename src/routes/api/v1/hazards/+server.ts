import { listResponse } from '#lib/server/http/api.ts';
import { HAZARD_LIST_STATES } from '#lib/server/http/list-states.ts';
import { listQuery } from '#lib/server/http/list-query.ts';
import { hazardFeatures } from '#lib/server/repositories/hazard-list.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url }) => {
	const filter = listQuery(url, HAZARD_LIST_STATES);
	const features = await hazardFeatures(locals.scopedDb, locals.scope, filter);
	return listResponse(url, filter, features, () => filter.after + features.length);
};
