import { Beacon } from '#lib/contract/beacon.ts';
import { tooMany } from '#lib/server/doors/bucket.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** What went wrong in a browser, or how much memory its page holds. */
export const POST: RequestHandler = async ({ locals: { runtime, principal }, request }) => {
	const beacon = await jsonBody(request, Beacon);
	if (!runtime.beacons.take(principal, beacon)) throw tooMany();
	return new Response(null, { status: 204 });
};
