import { Fault } from '#lib/server/errors.ts';
import { siteDossier } from '#lib/server/repositories/site.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const dossier = isUuid(params.id) ? await siteDossier(locals.scopedDb, locals.scope, params.id) : undefined;
	if (!dossier)
		throw new Fault(
			'not-found',
			`site ${params.id}`,
			'没有这个工地,或不在您的管辖范围内。No such site, or outside your area.',
		);
	if (!dossier.isMasked) await locals.runtime.sheets.opened(locals.caller, `site ${params.id}`);
	return Response.json(dossier);
};
