import { StationReadings } from '#lib/contract/flood-entry.ts';
import { takeReadings } from '#lib/server/commands/take-water.ts';
import { callerOf } from '#lib/server/http/caller.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

export const POST: RequestHandler = async (event) => {
	const { runtime } = event.locals;
	const { readings } = await jsonBody(event.request, StationReadings);
	const { events, ...answer } = await takeReadings(runtime.databases.ingest, callerOf(event), readings);
	runtime.live.feed.announce(events);
	return Response.json(answer);
};
