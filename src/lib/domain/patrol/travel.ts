// Travel minutes and km between all places of a problem: from its tables, and estimated where a table is missing.

import { betweenM, onSphere } from '../geo.ts';
import type { Problem } from './problem.ts';

/** How straight lines become roads where a problem brings no table. Shipped values: db/rules/travel.ts. */
export interface TravelEstimate {
	/** Road length over great circle. */
	detour: number;
	/** Mean speed, km/h. */
	speedKmh: number;
}

export interface Travel {
	/** Places and one more, nowhere, at no distance from all others. */
	size: number;
	/** Row from, column to; one and the same array where both are equal. */
	minutes: Float64Array;
	km: Float64Array;
	/** Nothing but estimates: every way back is as long as the way there, and nobody has to look. */
	isEstimated: boolean;
}

export function travelTables({ places, matrix }: Problem, { detour, speedKmh }: TravelEstimate): Travel {
	const size = places.length + 1;
	const minutes = new Float64Array(size * size);
	const km = new Float64Array(size * size);
	const isEstimated = !matrix?.minutes && !matrix?.km;
	const points = places.map(({ at }) => at && onSphere(at));
	let isSame = true;
	for (let from = 0; from < places.length; from++) {
		const a = points[from];
		const givenMinutes = matrix?.minutes?.[from];
		const givenKm = matrix?.km?.[from];
		for (let to = isEstimated ? from : 0; to < places.length; to++) {
			const b = points[to];
			let legMinutes = givenMinutes?.[to];
			let legKm = givenKm?.[to];
			if (legMinutes === undefined || legKm === undefined) {
				const apart = a && b ? (betweenM(a, b) / 1000) * detour : undefined;
				const estimateKm = legKm ?? apart ?? (legMinutes! / 60) * speedKmh;
				legMinutes ??= ((apart ?? estimateKm) / speedKmh) * 60;
				legKm = estimateKm;
			}
			minutes[from * size + to] = legMinutes;
			km[from * size + to] = legKm;
			isSame &&= legMinutes === legKm;
		}
	}
	if (isEstimated) for (const table of isSame ? [minutes] : [minutes, km]) mirror(table, size);
	return { size, minutes, km: isSame ? minutes : km, isEstimated };
}

/** Rows and columns of a tile that lies in the processor's cache. */
const TILE = 64;

/** Makes every way back as long as the way there, tile by tile: down whole columns it would wait for memory each time. */
function mirror(table: Float64Array, size: number): void {
	for (let top = 0; top < size; top += TILE)
		for (let left = top; left < size; left += TILE)
			for (let row = top; row < Math.min(top + TILE, size); row++)
				for (let column = Math.max(left, row + 1); column < Math.min(left + TILE, size); column++)
					table[column * size + row] = table[row * size + column]!;
}

/** Minutes travelled from each of these places to the next. */
export function legMinutes(problem: Problem, estimate: TravelEstimate, placeIds: readonly string[]): number[] {
	const rows = placeIds.map((id) => problem.places.findIndex((place) => place.id === id));
	const pick = (table: number[][] | undefined) => table && rows.map((from) => rows.map((to) => table[from]![to]!));
	const { minutes, km } = problem.matrix ?? {};
	const places = rows.map((row) => problem.places[row]!);
	const tables = { minutes: pick(minutes), km: pick(km) };
	const travel = travelTables({ ...problem, places, matrix: tables }, estimate);
	return places.slice(1).map((_, from) => travel.minutes[from * travel.size + from + 1]!);
}
