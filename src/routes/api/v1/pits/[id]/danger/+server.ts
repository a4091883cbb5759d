import { DangerEnd, DangerWish } from '#lib/contract/pit-section.ts';
import { endPitDanger, reportDanger } from '#lib/server/commands/report-pit.ts';
import { Fault } from '#lib/server/errors.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import { pitSection } from '#lib/server/rules/pit-section.ts';
import { photoOf } from '#lib/server/repositories/pit-watch.ts';
import type { RequestHandler } from './$types';

/** The photograph of a sign: `?photo=ID`. */
export const GET: RequestHandler = async ({ locals, params, url }) => {
	const id = url.searchParams.get('photo') ?? '';
	const pit = isUuid(params.id) ? await pitSection(locals.scopedDb, locals.scope, params.id, new Date()) : undefined;
	const photo = pit && isUuid(id) ? await photoOf(locals.scopedDb, params.id, id) : undefined;
	if (!photo) throw new Fault('not-found', id, '没有这张照片 · There is no such photograph.');
	await locals.runtime.sheets.opened(locals.caller, `photo ${id}`);
	return new Response(new Uint8Array(photo.bytes), {
		headers: { 'content-type': photo.type, 'cache-control': 'private, no-store' },
	});
};

/** Reports a sign of danger (GB 50497-2019 8.0.9): the danger alarm is raised at once. */
export const POST: RequestHandler = async ({ request, locals, params, getClientAddress }) => {
	if (!isUuid(params.id)) throw noPit(params.id);
	const { runtime, principal } = locals;
	const wish = await jsonBody(request, DangerWish);
	const caller = { principal, address: getClientAddress(), now: new Date() };
	runtime.hub.announce(await reportDanger(runtime.databases.alarm, caller, params.id, wish));
	await runtime.live.registerChanged();
	return Response.json({ ok: true }, { status: 201 });
};

/** A sign is over. */
export const PATCH: RequestHandler = async ({ request, locals, params, getClientAddress }) => {
	if (!isUuid(params.id)) throw noPit(params.id);
	const { runtime, principal } = locals;
	const wish = await jsonBody(request, DangerEnd);
	const caller = { principal, address: getClientAddress(), now: new Date() };
	runtime.hub.announce(await endPitDanger(runtime.databases.alarm, caller, params.id, wish));
	await runtime.live.registerChanged();
	return Response.json({ ok: true });
};

function noPit(id: string): Fault {
	return new Fault('not-found', `pit ${id}`, '没有这个基坑 · There is no such pit.');
}
