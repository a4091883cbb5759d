import { listResponse } from '#lib/server/http/api.ts';
import { MACHINE_LIST_STATES } from '#lib/server/http/list-states.ts';
import { listQuery } from '#lib/server/http/list-query.ts';
import { machineFeatures } from '#lib/server/repositories/machine-list.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, url }) => {
	const filter = listQuery(url, MACHINE_LIST_STATES);
	const features = await machineFeatures(locals.scopedDb, locals.scope, filter, new Date());
	return listResponse(url, filter, features, (last) => last.properties.no);
};
