import { Fault } from '#lib/server/errors.ts';
import { machineDossier } from '#lib/server/repositories/machine.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const dossier = isUuid(params.id)
		? await machineDossier(locals.scopedDb, locals.scope, params.id, new Date())
		: undefined;
	if (!dossier)
		throw new Fault(
			'not-found',
			`machine ${params.id}`,
			'没有这个机械,或不在您的管辖范围内。No such machine, or outside your area.',
		);
	return Response.json(dossier);
};
