import * as v from 'valibot';
import { EditKind, RegisterEdit } from '#lib/contract/register.ts';
import { changeRegister } from '#lib/server/commands/change-register.ts';
import { Fault } from '#lib/server/errors.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** Adds an object, or changes the one named by `id`. */
export const POST: RequestHandler = async ({ request, locals, params, getClientAddress }) => {
	const kind = v.safeParse(EditKind, params.kind);
	if (!kind.success)
		throw new Fault(
			'not-found',
			params.kind,
			`只有 ${EditKind.options.join('、')} · Kinds: ${EditKind.options.join(', ')}.`,
		);
	const { runtime, principal } = locals;
	const edit = await jsonBody(request, RegisterEdit);
	const caller = { principal, address: getClientAddress(), now: new Date() };
	const announce = runtime.hub.announce.bind(runtime.hub);
	const wish = { ...edit, kind: kind.output, district: runtime.config.DISTRICT };
	const changed = await changeRegister(runtime.databases.ingest, caller, wish, { announce });
	return Response.json(changed, { status: changed.change === 'added' ? 201 : 200 });
};
