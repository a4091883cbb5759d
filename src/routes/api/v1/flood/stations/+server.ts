import * as v from 'valibot';
import { measuredNow } from '#lib/server/flood/measured.ts';
import { Fault } from '#lib/server/errors.ts';
import type { RequestHandler } from './$types';

const Moment = v.pipe(v.string(), v.isoTimestamp());

/** What the stations had for a moment (`?at=`), now when none is named: nothing that was measured after it. */
export const GET: RequestHandler = async ({ locals: { db }, url }) => {
	const asked = url.searchParams.get('at');
	const at = v.safeParse(v.nullable(Moment), asked);
	if (!at.success)
		throw new Fault('bad-input', 'at', '“at”应为 ISO 时间，如 2026-07-10T08:00:00Z · “at” must be an ISO time.');
	const moment = at.output === null ? new Date() : new Date(at.output);
	return Response.json({ at: moment.toISOString(), stations: await measuredNow(db, moment) });
};
