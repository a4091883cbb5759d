import { listResponse } from '#lib/server/http/api.ts';
import { PIT_LIST_STATES } from '#lib/server/http/list-states.ts';
import { listQuery } from '#lib/server/http/list-query.ts';
import { pitFeatures } from '#lib/server/repositories/pit-list.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url }) => {
	const filter = listQuery(url, PIT_LIST_STATES);
	const features = await pitFeatures(locals.scopedDb, locals.scope, filter);
	return listResponse(url, filter, features, (last) => last.properties.no);
};
