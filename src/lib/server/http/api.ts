// The frame of every HTTP answer to a program: faults in the one error shape, lists as GeoJSON or plain JSON.

import type { Feature, Geometry } from 'geojson';
import type { ErrorBody } from '#lib/contract/error.ts';
import type { Fault } from '../errors.ts';
import type { ListFilter } from '../db/list-filter.ts';

export function faultResponse(fault: Fault): Response {
	const body: ErrorBody = {
		error: { code: fault.code, message: fault.message, details: fault.details ?? [] },
	};
	return Response.json(body, { status: fault.status, headers: HEADERS[fault.status] ?? {} });
}

/** What HTTP asks of an answer besides its body. `Bearer` opens no window in a browser, as `Basic` would. */
const HEADERS: Record<number, Record<string, string>> = {
	401: { 'www-authenticate': 'Bearer realm="sitewatch"' },
	429: { 'retry-after': '2' },
	503: { 'retry-after': '2' },
};

/**
 * A page of a list: a GeoJSON FeatureCollection (WGS 84) with `next`, the value of `after` for the page behind it
 * (absent on the last one); with `?format=json` the same as plain rows.
 *
 * @param next - what `after` must be to go on behind a feature
 */
export function listResponse<G extends Geometry | null, P>(
	url: URL,
	filter: ListFilter,
	features: Feature<G, P>[],
	next: (last: Feature<G, P>) => number,
): Response {
	const last = features.length === filter.limit ? features.at(-1) : undefined;
	const more = last ? { next: next(last) } : {};
	if (url.searchParams.get('format') === 'json')
		return Response.json({ items: features.map(({ properties, geometry }) => ({ ...properties, geometry })), ...more });
	return Response.json(
		{ type: 'FeatureCollection', features, ...more },
		{ headers: { 'content-type': 'application/geo+json; charset=utf-8' } },
	);
}
