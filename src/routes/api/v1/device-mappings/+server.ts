import { MappingWish } from '#lib/contract/devices.ts';
import { mapDevice } from '#lib/server/commands/map-device.ts';
import { Fault } from '#lib/server/errors.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { actorNames } from '#lib/server/repositories/actor-name.ts';
import { deviceMappings } from '#lib/server/repositories/device-mapping.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals }) => {
	const mappings = await deviceMappings(locals.db);
	const nameOf = await actorNames(
		locals.db,
		mappings.map(({ changedBy }) => changedBy),
	);
	return Response.json({
		mappings: mappings.map((mapping) => ({
			...mapping,
			changedBy: nameOf(mapping.changedBy),
			changedAt: mapping.changedAt.toISOString(),
		})),
	});
};

export const PUT: RequestHandler = async ({ request, locals, getClientAddress }) => {
	const wish = await jsonBody(request, MappingWish);
	const { databases, waysIn } = locals.runtime;
	const caller = { principal: locals.principal, address: getClientAddress(), now: new Date() };
	const result = await mapDevice(databases.ingest, caller, wish);
	if (!result.ok && result.reason === 'forbidden')
		throw new Fault('forbidden', 'mapping', '没有权限修改映射 · You may not change mappings.');
	if (!result.ok)
		throw new Fault(
			'not-found',
			`device ${wish.deviceId}`,
			`台账中没有设备“${wish.deviceId}”，请先登记 · No device “${wish.deviceId}” in the register; register it first.`,
		);
	await waysIn.mappings.refresh();
	return Response.json({ ok: true });
};
