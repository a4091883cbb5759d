import { isToldNames } from '#lib/domain/access/principal.ts';
import { eventWithoutNames } from '#lib/server/alarms/without-names.ts';
import { Fault } from '#lib/server/errors.ts';
import { readEventsQuery } from '#lib/server/http/events-query.ts';
import type { RequestHandler } from './$types';

/**
 * Events after a cursor, in order, without gaps or repeats, as far as the caller may see them. `?after=` is 0 from the
 * beginning; 410 when what follows it is not kept any more.
 */
export const GET: RequestHandler = async ({ locals: { runtime, db, scope, principal }, url }) => {
	const { after, limit } = readEventsQuery(url);
	const replay = await runtime.events.replay(db, after, limit, scope);
	if (!replay.ok) {
		throw new Fault(
			'gone',
			`cursor ${after}`,
			`游标已过期，请重新取 /api/v1/picture · What follows cursor ${after} is not kept; take a new picture and go on from its cursor.`,
			{ details: [{ oldest: replay.oldest }] },
		);
	}
	const { next, more } = replay;
	const events = isToldNames(principal) ? replay.events : replay.events.map(eventWithoutNames);
	return Response.json({ events, next, more }, { headers: { 'cache-control': 'no-store' } });
};
