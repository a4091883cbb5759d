import * as v from 'valibot';
import { EditKind, type RegisterEntry } from '#lib/contract/register.ts';
import { Fault } from '#lib/server/errors.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import { originOf } from '#lib/server/repositories/history.ts';
import { registerRow } from '#lib/server/repositories/import-register.ts';
import { machineOfInstallation, sidesOfPit } from '#lib/server/repositories/register-edit.ts';
import type { RequestHandler } from './$types';

/** An object in the words of its fields, for a form to start from. */
export const GET: RequestHandler = async ({ locals, params }) => {
	const kind = v.safeParse(EditKind, params.kind);
	const isHere =
		kind.success && isUuid(params.id) && (await originOf(locals.scopedDb, locals.scope, kind.output, params.id));
	if (!isHere)
		throw new Fault(
			'not-found',
			`${params.kind} ${params.id}`,
			'没有这个对象，或不在您的管辖范围内 · There is no such object, or it is outside your area.',
		);
	const { scopedDb: db } = locals;
	const id = kind.output === 'machines' ? await machineOfInstallation(db, params.id) : params.id;
	const row = await registerRow(db, kind.output, id!);
	const sides = kind.output === 'pits' ? await sidesOfPit(db, params.id) : [];
	return Response.json({ id: params.id, md5: row!.md5, values: row!.values, sides } satisfies RegisterEntry);
};
