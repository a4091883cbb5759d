// What fields of rain say of a place: what the radar measured in the last hour, and whether 中到大雨 is forecast.

import { floodRules } from '#db/rules/flood.ts';
import type { GridView } from '#lib/contract/flood.ts';
import { mmAt, type Grid } from '#lib/domain/flood/nearest.ts';
import { isModerateHeavy, type RainSpan } from '#lib/domain/flood/rain-grade.ts';
import { gridAt } from '#lib/domain/flood/valid-time.ts';
import type { LngLat } from '#lib/domain/geo.ts';
import type { Db } from '../db/connection.ts';
import { gridMm, gridsBetween } from '../repositories/flood-water.ts';

export interface FieldRain {
	/** Millimetres of the last hour at a place; null where no field knows. */
	lastHour(at: LngLat): { mm: number; source: string } | null;
	/** A forecast for the coming day has at least 中到大雨 there. */
	isHeavyAhead(at: LngLat): boolean;
}

const HOUR_MS = 3_600_000;
/** The spans that the forecast term is defined for. */
const AHEAD_H: readonly RainSpan[] = [12, 24];

export async function readFieldRain(db: Db, at: Date): Promise<FieldRain> {
	const grids = await gridsBetween(db, new Date(+at - HOUR_MS), new Date(+at + 24 * HOUR_MS));
	const isPast = ({ isForecast, periodS, validAt }: GridView) =>
		!isForecast && periodS * 1000 === HOUR_MS && Date.parse(validAt) <= +at;
	const radar = gridAt(grids.filter(isPast), +at);
	const measured = radar && (await withMm(db, radar));
	const ahead: (Grid & { hours: RainSpan })[] = [];
	for (const grid of grids) {
		const hours = AHEAD_H.find((span) => span * HOUR_MS === grid.periodS * 1000);
		if (hours && grid.isForecast && Date.parse(grid.validAt) > +at) ahead.push({ ...(await withMm(db, grid)), hours });
	}
	return {
		lastHour(place) {
			const mm = measured ? mmAt(measured, place) : NaN;
			return radar && !Number.isNaN(mm) ? { mm, source: radar.product } : null;
		},
		isHeavyAhead: (place) =>
			ahead.some((grid) => isModerateHeavy(mmAt(grid, place), grid.hours, floodRules.rainGrades) === true),
	};
}

/** A field whose millimetres are gone knows nothing anywhere. */
async function withMm(db: Db, { id, bounds, width, height }: GridView): Promise<Grid> {
	return { bounds, width, height, mm: (await gridMm(db, id)) ?? new Float32Array(width * height).fill(NaN) };
}
