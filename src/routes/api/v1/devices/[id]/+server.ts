import { Fault } from '#lib/server/errors.ts';
import { deviceSheet } from '#lib/server/ingest/device-sheet.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params: { id } }) => {
	const sheet = await deviceSheet(locals.scopedDb, locals.runtime.live.state, locals.scope, id, new Date());
	if (!sheet)
		throw new Fault(
			'not-found',
			`device ${id}`,
			'没有这台设备，或不在您的管辖范围内 · No such device, or outside your area.',
		);
	return Response.json(sheet);
};
