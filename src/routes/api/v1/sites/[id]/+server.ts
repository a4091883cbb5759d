import { api } from '#lib/server/http/api.ts';
import { Fault } from '#lib/server/errors.ts';
import { siteDossier } from '#lib/server/repositories/site.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import type { RequestEvent } from './$types';

export const GET = api(async ({ locals, params }: RequestEvent) => {
	const dossier = isUuid(params.id) ? await siteDossier(locals.db, locals.scope, params.id) : undefined;
	if (!dossier)
		throw new Fault(
			'not-found',
			`site ${params.id}`,
			'没有这个工地,或不在您的管辖范围内。No such site, or outside your area.',
		);
	return Response.json(dossier);
});
