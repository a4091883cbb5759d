// What fields of rain say of places: what the radar measured in the last 1, 3 and 24 hours, and whether 中到大雨 is
// forecast. Fields are read one after the other, so that a day of them never lies in memory at once.

import { floodRules } from '#db/rules/flood.ts';
import type { GridView } from '#lib/contract/flood.ts';
import { amountOf, fieldsWithin, lastHoursOf, type FieldSpan, type RainAmount } from '#lib/domain/flood/field-sum.ts';
import { mmAt } from '#lib/domain/flood/nearest.ts';
import { isModerateHeavy, type RainSpan } from '#lib/domain/flood/rain-grade.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import type { Db } from '../db/connection.ts';
import { gridMm, gridsBetween } from '../repositories/flood-water.ts';

export interface FieldRain {
	/** Sums of the last hours; null where no field knows anything. */
	h1: RainAmount | null;
	h3: RainAmount | null;
	h24: RainAmount | null;
	/** Products the sums are of; empty without any. */
	source: string;
	/** The forecast for the coming day has at least 中到大雨. */
	isHeavyAhead: boolean;
}

const HOUR_MS = 3_600_000;
/** The spans that the forecast term is defined for. */
const AHEAD_H: readonly RainSpan[] = [12, 24];

/** @returns what is known of each place, in their order */
export async function readFieldRain(db: Db, at: Date, places: readonly LngLat[]): Promise<FieldRain[]> {
	const lagMs = floodRules.fieldLag.value * 1000;
	const past = await gridsBetween(db, new Date(+at - 24 * HOUR_MS - lagMs), at, { isForecast: false });
	const coming = newestIssue(await gridsBetween(db, at, new Date(+at + 24 * HOUR_MS), { isForecast: true }));
	const [h1, h3, h24] = [1, 3, 24].map((hours) => lastHoursOf(past, +at, hours, lagMs)) as [Span, Span, Span];
	const ahead = AHEAD_H.flatMap((hours) => spansAhead(coming, +at, hours).map((span) => ({ hours, span })));
	const values = await valuesOf(
		db,
		[h1, h3, h24, ...ahead.map(({ span }) => span)].flatMap(({ fields }) => fields),
		places,
	);
	return places.map((_, i) => {
		const sum = ({ fields, isWhole }: Span) =>
			amountOf(
				fields.map(({ id }) => values.get(id)![i]!),
				isWhole,
			);
		const sums = { h1: sum(h1), h3: sum(h3), h24: sum(h24) };
		const spans = [sums.h1 && h1, sums.h3 && h3, sums.h24 && h24].filter((span) => span !== null);
		return {
			...sums,
			source: [...new Set(spans.map(({ fields }) => fields[0]!.product))].join(' + '),
			// What is forecast at least is enough, with a gap in it or without.
			isHeavyAhead: ahead.some(
				({ hours, span }) => isModerateHeavy(sum(span)?.mm ?? 0, hours, floodRules.rainGrades) === true,
			),
		};
	});
}

type Span = FieldSpan<GridView>;

/** A forecast is replaced by the next one of its product as a whole, also where that speaks of other hours. */
function newestIssue(grids: readonly GridView[]): GridView[] {
	const newest = new Map<string, string>();
	for (const { product, issuedAt } of grids) if (issuedAt > (newest.get(product) ?? '')) newest.set(product, issuedAt);
	return grids.filter(({ product, issuedAt }) => newest.get(product) === issuedAt);
}

/** Spans of the coming day: each field that is as long as the span itself, and the shorter ones one after the other. */
function spansAhead(coming: readonly GridView[], atMs: number, hours: number): Span[] {
	const spanMs = hours * HOUR_MS;
	const single = coming.filter(({ periodS, validAt }) => periodS * 1000 === spanMs && Date.parse(validAt) > atMs);
	const joined: Span[] = [];
	for (let fromMs = atMs; fromMs < atMs + 24 * HOUR_MS; fromMs += spanMs)
		joined.push(fieldsWithin(coming, fromMs, fromMs + spanMs));
	return [...single.map((field): Span => ({ fields: [field], isWhole: true })), ...joined];
}

/** What each field says of each place; one whose millimetres are gone knows nothing anywhere. */
async function valuesOf(db: Db, grids: readonly GridView[], places: readonly LngLat[]) {
	const values = new Map<string, Float32Array>();
	for (const grid of grids) {
		if (values.has(grid.id)) continue;
		const mm = await gridMm(db, grid.id);
		values.set(
			grid.id,
			Float32Array.from(places, (at) => (mm ? mmAt({ ...grid, mm }, at) : NaN)),
		);
	}
	return values;
}
