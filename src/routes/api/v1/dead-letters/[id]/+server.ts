import type { DeadLetterDetail } from '#lib/contract/devices.ts';
import { Fault } from '#lib/server/errors.ts';
import { deadLetterWithRaw } from '#lib/server/repositories/dead-letter.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params: { id } }) => {
	const letter = /^\d{1,15}$/.test(id) ? await deadLetterWithRaw(locals.db, id) : undefined;
	if (!letter) throw new Fault('not-found', `dead letter ${id}`, '没有这条死信 · No such dead letter.');
	const detail: DeadLetterDetail = {
		...letter,
		firstAt: letter.firstAt.toISOString(),
		lastAt: letter.lastAt.toISOString(),
		settledAt: letter.settledAt?.toISOString() ?? null,
		raw: letter.raw.toString('base64'),
	};
	return Response.json(detail);
};
