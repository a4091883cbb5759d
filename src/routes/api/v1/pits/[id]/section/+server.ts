import type { PitSection } from '#lib/contract/pit-section.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { Fault } from '#lib/server/errors.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import { pitSection } from '#lib/server/rules/pit-section.ts';
import type { RequestHandler } from './$types';

/** All points of a pit with limits, use of them, forecast, and what people reported. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const { scopedDb, scope, runtime } = locals;
	const book = runtime.live.rules();
	const found = isUuid(params.id) ? await pitSection(scopedDb, scope, params.id, new Date(), book) : undefined;
	if (!found)
		throw new Fault(
			'not-found',
			`pit ${params.id}`,
			'没有这个基坑,或不在您的管辖范围内。No such pit, or outside your area.',
		);
	const section: PitSection = { ...found, may: { report: authorize(locals.principal, 'pit:report').ok } };
	return Response.json(section);
};
