import { Fault } from '#lib/server/errors.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import { machineFile } from '#lib/server/rules/machine-file.ts';
import type { RequestHandler } from './$types';

/** Everything about a machine over its life. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const { db, scopedDb, scope, runtime } = locals;
	const file = isUuid(params.id)
		? await machineFile({ db: scopedDb, whole: db }, scope, runtime.live, params.id, new Date())
		: undefined;
	if (!file)
		throw new Fault(
			'not-found',
			`machine ${params.id}`,
			'没有这台设备,或不在您的管辖范围内。No such machine, or outside your area.',
		);
	return Response.json(file);
};
