// Puts the flood situation together for the map.

import type { StationView } from '#lib/contract/flood.ts';
import type { Supposed } from '../board-context.ts';
import type { FloodOverlay } from '../map/flood-scene.ts';
import type { LiveBoard } from '../live.svelte.ts';
import { number } from '../words/format.ts';
import { m } from '../words/generated/messages.js';
import type { FloodBoard } from './flood-board.svelte.ts';
import { rainText } from './rain-text.ts';

export function overlayOf(
	flood: FloodBoard,
	live: Pick<LiveBoard, 'index' | 'board'>,
	clock: Date,
	supposed: Supposed | null = null,
): FloodOverlay | null {
	const { now, shownGrid: grid, shownStations, at } = flood;
	if (!now || !live.board) return null;
	const { minimumSites, resolution } = live.board.riskCells;
	return {
		now,
		grid,
		stations: shownStations ?? [],
		field: (grid && flood.fields.get(grid.id)) ?? null,
		supposed: supposed?.bands ?? null,
		terrain: supposed?.terrain ?? null,
		placeOf: (no) => live.index?.byNo.get(no)?.at,
		minute: Math.floor(clock.getTime() / 60_000),
		// Away from now an old reading is none for that moment.
		stationLabel: (station) => (at !== null && station.isStale ? m.flood_noData() : stationLabel(station)),
		signOf: (kind) => m[`flood_sign_${kind}`](),
		minimumSites: minimumSites.value,
		resolution: resolution.value,
	};
}

/** What a station says, short: `12.5 mm`, `8.62 m`, `24 cm`; a stale one says so. */
export function stationLabel(station: StationView): string {
	if (station.kind === 'rain') {
		const mm = rainText(station.rain, 'h1');
		return mm === '' ? m.flood_noData() : `${mm} mm/h`;
	}
	if (station.value === null) return m.flood_noData();
	const text = station.kind === 'river' ? `${number(station.value, 2)} m` : `${number(station.value)} cm`;
	return station.isStale ? `${text} ${m.flood_stale()}` : text;
}
