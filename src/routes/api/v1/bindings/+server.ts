import { BindingEdit } from '#lib/contract/register.ts';
import { bindDevice } from '#lib/server/commands/bind-device.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** Fastens a device to something, moves it, or takes it off. */
export const POST: RequestHandler = async ({ request, locals, getClientAddress }) => {
	const { runtime, principal } = locals;
	const wish = await jsonBody(request, BindingEdit);
	const caller = { principal, address: getClientAddress(), now: new Date() };
	const announce = runtime.hub.announce.bind(runtime.hub);
	return Response.json(await bindDevice(runtime.databases.ingest, caller, wish, { announce }));
};
