// What stations say now: sums of rain, stages with their grade, depths with their band; stale is shown and not believed.

import { floodRules } from '#db/rules/flood.ts';
import type { StationView } from '#lib/contract/flood.ts';
import { rainKnown } from '#lib/domain/flood/rain-known.ts';
import { rainSum, stageGrade, type StationReading } from '#lib/domain/flood/station.ts';
import type { Db } from '../db/connection.ts';
import { readingsBefore, stations, type Station } from '../repositories/flood-water.ts';

/** A day that ends with a reading of some hours ago, as gauges that report by the hour have it. */
const READ_H = 30;

export async function measuredNow(db: Db, at: Date): Promise<StationView[]> {
	const [all, readings] = await Promise.all([stations(db), readingsBefore(db, at, READ_H)]);
	return all.map((station) => viewOf(station, readings.get(station.id) ?? [], at));
}

export function viewOf(station: Station, readings: readonly StationReading[], at: Date): StationView {
	const last = readings.at(-1);
	const isStale = !last || +at - last.atMs > oldAfterMs(station);
	const believed = isStale ? null : last.value;
	// Sums end with the newest reading: a gauge is always a little behind.
	const sums = [1, 3, 24].map((hours) =>
		station.kind === 'rain' && !isStale ? rainSum(readings, last.atMs, hours, floodRules.gaugeCoverage) : null,
	);
	return {
		id: station.id,
		code: station.code,
		kind: station.kind,
		name: station.name,
		at: station.at,
		datum: station.datum,
		offsetTo1985M: station.offsetTo1985M,
		warningM: station.warningM,
		guaranteedM: station.guaranteedM,
		observedAt: last ? new Date(last.atMs).toISOString() : null,
		isStale,
		value: station.kind === 'rain' ? null : (last?.value ?? null),
		rain: rainKnown(sums),
		grade: gradeOf(station, believed),
	};
}

function oldAfterMs(station: Station): number {
	if (station.kind === 'waterlogging') return floodRules.depthReportS.value * 1000;
	return station.expectedIntervalS * floodRules.staleIntervals.value * 1000;
}

function gradeOf(station: Station, value: number | null): StationView['grade'] {
	if (station.kind === 'river') return stageGrade(value, station, floodRules.nearWarning);
	if (value === null) return 'unknown';
	if (station.kind === 'rain') return 'normal';
	const { notice, warning, danger } = floodRules.waterlogging;
	if (value >= danger.value) return 'danger';
	if (value >= warning.value) return 'warning';
	return value >= notice.value ? 'notice' : 'normal';
}
