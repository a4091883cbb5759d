import { listResponse } from '#lib/server/http/api.ts';
import { SITE_LIST_STATES } from '#lib/server/http/list-states.ts';
import { listQuery } from '#lib/server/http/list-query.ts';
import { siteFeatures } from '#lib/server/repositories/site-list.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url }) => {
	const filter = listQuery(url, SITE_LIST_STATES);
	const features = await siteFeatures(locals.scopedDb, locals.scope, filter);
	return listResponse(url, filter, features, (last) => last.properties.no);
};
