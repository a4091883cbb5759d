import { takeGrid } from '#lib/server/commands/take-water.ts';
import { readRainGrid } from '#lib/server/flood/read-rain-grid.ts';
import { callerOf } from '#lib/server/http/caller.ts';
import type { RequestHandler } from './$types';

/** A grid of rain as JSON or as GeoTIFF. */
export const POST: RequestHandler = async (event) => {
	const { request, url, locals } = event;
	const bytes = new Uint8Array(await request.arrayBuffer());
	const grid = await readRainGrid(bytes, request.headers.get('content-type'), url.searchParams);
	const { id, events } = await takeGrid(locals.runtime.databases.ingest, callerOf(event), grid);
	locals.runtime.live.feed.announce(events);
	return Response.json({ id }, { status: 201 });
};
