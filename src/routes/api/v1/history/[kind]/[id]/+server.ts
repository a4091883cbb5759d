import * as v from 'valibot';
import { EditKind } from '#lib/contract/register.ts';
import { Fault } from '#lib/server/errors.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import { readHistory } from '#lib/server/register/read-history.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const kind = v.safeParse(EditKind, params.kind);
	const history =
		kind.success && isUuid(params.id)
			? await readHistory(locals.scopedDb, locals.principal, kind.output, params.id, new Date())
			: undefined;
	if (!history)
		throw new Fault(
			'not-found',
			`${params.kind} ${params.id}`,
			'没有这个对象，或不在您的管辖范围内 · There is no such object, or it is outside your area.',
		);
	return Response.json(history);
};
