import { Fault } from '#lib/server/errors.ts';
import { alarmCard } from '#lib/server/alarms/alarm-card.ts';
import { isToldNames } from '#lib/domain/access/principal.ts';
import { cardWithoutNames } from '#lib/server/alarms/without-names.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import type { RequestHandler } from './$types';

/** One alarm with its rule, curve, history, who has seen it and who was told. */
export const GET: RequestHandler = async ({ locals: { db, scopedDb, scope, principal, runtime }, params }) => {
	const card = isUuid(params.id)
		? await alarmCard(db, runtime.live, scope, params.id, Date.now(), scopedDb)
		: undefined;
	if (!card) throw new Fault('not-found', params.id, '没有这条告警，或不在您的辖区 · No such alarm in your area.');
	return Response.json(isToldNames(principal) ? card : cardWithoutNames(card));
};
