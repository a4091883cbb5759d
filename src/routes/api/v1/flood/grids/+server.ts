import * as v from 'valibot';
import { RainGridBody } from '#lib/contract/flood-entry.ts';
import { takeGrid } from '#lib/server/commands/take-water.ts';
import { Fault } from '#lib/server/errors.ts';
import { readGeoTiff } from '#lib/server/flood/read-geotiff.ts';
import { callerOf } from '#lib/server/http/caller.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RainGrid } from '#lib/server/repositories/flood-water.ts';
import type { RequestHandler } from './$types';

const { product, isForecast: _, issuedAt, validAt, source } = RainGridBody.entries;
/** What a GeoTIFF does not say by itself: `?product=&forecast=&issuedAt=&validAt=&periodS=`. */
const TiffQuery = v.object({
	product,
	forecast: v.optional(v.picklist(['true', 'false']), 'false'),
	issuedAt,
	validAt,
	periodS: v.pipe(v.string(), v.regex(/^\d{2,5}$/), v.transform(Number)),
	source,
});

/** A grid of rain as JSON or as GeoTIFF. */
export const POST: RequestHandler = async (event) => {
	const { runtime } = event.locals;
	const isTiff = /tiff/.test(event.request.headers.get('content-type') ?? '');
	const grid = isTiff ? await tiff(event.request, event.url) : await json(event.request);
	const { id, events } = await takeGrid(runtime.databases.ingest, callerOf(event), grid);
	runtime.live.feed.announce(events);
	return Response.json({ id }, { status: 201 });
};

async function json(request: Request): Promise<RainGrid> {
	const { mm, source: sourceName, ...body } = await jsonBody(request, RainGridBody);
	return { ...body, sourceName, mm: Float32Array.from(mm, (value) => value ?? NaN) };
}

async function tiff(request: Request, url: URL): Promise<RainGrid> {
	const query = v.safeParse(TiffQuery, Object.fromEntries(url.searchParams));
	if (!query.success) {
		const wrong = query.issues.map((issue) => v.getDotPath(issue)).join(', ');
		throw new Fault('bad-input', 'query', `地址参数缺失或有误：${wrong} · Parameters are missing or wrong: ${wrong}.`);
	}
	const { forecast, source: sourceName, ...rest } = query.output;
	const { values, ...shape } = await readGeoTiff(new Uint8Array(await request.arrayBuffer()));
	return { ...rest, ...shape, isForecast: forecast === 'true', sourceName, mm: values };
}
