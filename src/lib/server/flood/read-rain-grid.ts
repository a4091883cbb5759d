// A grid of rain as it is sent: JSON, or a GeoTIFF with what it does not say by itself in the address. Told by its
// content, because many senders name no type.

import * as v from 'valibot';
import { RainGridBody } from '#lib/contract/flood-entry.ts';
import { Fault } from '../errors.ts';
import { jsonOf } from '../http/read-body.ts';
import type { RainGrid } from '../repositories/flood-water.ts';
import { isTiffFile, readGeoTiff } from './read-geotiff.ts';

const { product, issuedAt, validAt, source } = RainGridBody.entries;
/** `?product=&forecast=&issuedAt=&validAt=&periodS=&source=`. */
const TiffQuery = v.object({
	product,
	forecast: v.optional(v.picklist(['true', 'false']), 'false'),
	issuedAt,
	validAt,
	periodS: v.pipe(v.string(), v.regex(/^\d{2,5}$/), v.transform(Number)),
	source,
});

/**
 * @param type - as the sender named it
 * @throws Fault `bad-input` for what is neither, and for a GeoTIFF of which nobody says when it holds
 */
export async function readRainGrid(bytes: Uint8Array, type: string | null, asked: URLSearchParams): Promise<RainGrid> {
	return isTiffFile(bytes) || /tiff/.test(type ?? '') ? tiff(bytes, asked) : json(bytes);
}

function json(bytes: Uint8Array): RainGrid {
	const { mm, source: sourceName, ...body } = jsonOf(new TextDecoder().decode(bytes), RainGridBody);
	return { ...body, sourceName, mm: Float32Array.from(mm, (value) => value ?? NaN) };
}

async function tiff(bytes: Uint8Array, asked: URLSearchParams): Promise<RainGrid> {
	const query = v.safeParse(TiffQuery, Object.fromEntries(asked));
	if (!query.success) {
		const wrong = query.issues.map((issue) => v.getDotPath(issue)).join(', ');
		throw new Fault('bad-input', 'query', `地址参数缺失或有误：${wrong} · Parameters are missing or wrong: ${wrong}.`);
	}
	const { forecast, source: sourceName, ...rest } = query.output;
	const { values, ...shape } = await readGeoTiff(bytes);
	return { ...rest, ...shape, isForecast: forecast === 'true', sourceName, mm: values };
}
