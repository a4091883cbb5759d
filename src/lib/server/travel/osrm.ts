// Asks an OSRM server for tables and routes. The tables are asked in blocks, as such servers cap their size.

import * as v from 'valibot';
import type { LngLat } from '#lib/domain/geo.ts';
import type { Outbound } from '../outbound/outbound.ts';
import { Fault } from '../errors.ts';

/** Places a block holds on each side: OSRM's own limit is 100 coordinates. */
const BLOCK = 50;
const WITHIN_MS = 20_000;
const MAX_BYTES = 8 * 1024 * 1024;

const Grid = v.array(v.array(v.nullable(v.number())));
const TableAnswer = v.object({ code: v.literal('Ok'), durations: Grid, distances: Grid });
const RouteAnswer = v.object({
	code: v.literal('Ok'),
	routes: v.pipe(
		v.array(v.object({ geometry: v.object({ coordinates: v.array(v.tuple([v.number(), v.number()])) }) })),
		v.minLength(1),
	),
});

export interface RouterTables {
	/** Null where there is no road between two places. */
	minutes: (number | null)[][];
	km: (number | null)[][];
}

/** @throws Fault `upstream-down` when it cannot be asked or says something else than a table */
export async function osrmTable(outbound: Outbound, base: string, places: readonly LngLat[]): Promise<RouterTables> {
	const empty = () => places.map(() => places.map((): number | null => null));
	const tables: RouterTables = { minutes: empty(), km: empty() };
	for (let from = 0; from < places.length; from += BLOCK)
		for (let to = 0; to < places.length; to += BLOCK) {
			const rows = range(from, places.length);
			const columns = range(to, places.length);
			const asked = [...new Set([...rows, ...columns])];
			const query = new URLSearchParams({
				annotations: 'duration,distance',
				sources: rows.map((index) => asked.indexOf(index)).join(';'),
				destinations: columns.map((index) => asked.indexOf(index)).join(';'),
			});
			const url = `${trimmed(base)}/table/v1/driving/${coordinates(asked.map((index) => places[index]!))}?${query}`;
			const { durations, distances } = await asking(outbound, url, TableAnswer);
			rows.forEach((row, r) =>
				columns.forEach((column, c) => {
					const seconds = durations[r]?.[c] ?? null;
					const meters = distances[r]?.[c] ?? null;
					tables.minutes[row]![column] = seconds === null ? null : seconds / 60;
					tables.km[row]![column] = meters === null ? null : meters / 1000;
				}),
			);
		}
	return tables;
}

/** The road through some places in their order. */
export async function osrmRoute(outbound: Outbound, base: string, places: readonly LngLat[]): Promise<LngLat[]> {
	const query = new URLSearchParams({ overview: 'full', geometries: 'geojson' });
	const url = `${trimmed(base)}/route/v1/driving/${coordinates(places)}?${query}`;
	const { routes } = await asking(outbound, url, RouteAnswer);
	return routes[0]!.geometry.coordinates;
}

async function asking<S extends v.GenericSchema>(
	outbound: Outbound,
	url: string,
	schema: S,
): Promise<v.InferOutput<S>> {
	const response = await outbound.ask(url, { withinMs: WITHIN_MS, maxBytes: MAX_BYTES });
	const body: unknown = await response.json().catch(() => null);
	const result = v.safeParse(schema, body);
	if (response.ok && result.success) return result.output;
	const said = (body as { message?: string; code?: string } | null)?.message ?? `HTTP ${response.status}`;
	throw new Fault('upstream-down', 'OSRM', `路径服务答复无效 · The router’s answer cannot be used: ${said}`);
}

function coordinates(places: readonly LngLat[]): string {
	return places.map(([lng, lat]) => `${lng.toFixed(6)},${lat.toFixed(6)}`).join(';');
}

const range = (from: number, end: number) =>
	Array.from({ length: Math.min(BLOCK, end - from) }, (_, index) => from + index);

const trimmed = (base: string) => base.replace(/\/+$/, '');
