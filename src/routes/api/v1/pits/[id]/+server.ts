import { Fault } from '#lib/server/errors.ts';
import { pitDossier } from '#lib/server/repositories/pit.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const dossier = isUuid(params.id)
		? await pitDossier(locals.scopedDb, locals.scope, params.id, new Date())
		: undefined;
	if (!dossier)
		throw new Fault(
			'not-found',
			`pit ${params.id}`,
			'没有这个基坑,或不在您的管辖范围内。No such pit, or outside your area.',
		);
	return Response.json(dossier);
};
