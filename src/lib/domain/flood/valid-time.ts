// One slider over layers that each have their own time: what a layer has for a moment, and when that is from. A layer
// that has nothing for it says so; what is near in time only is not taken for it.

export interface TimedGrid {
	validAt: string;
	/** Seconds the millimetres fell in; the grid holds for a moment no further away than this. */
	periodS: number;
	isForecast: boolean;
}

/** The grid whose valid time is nearest to a moment, never further than its own period away; measured before forecast. */
export function gridAt<G extends TimedGrid>(grids: readonly G[], atMs: number): G | null {
	let found: G | null = null;
	let least = Infinity;
	for (const grid of grids) {
		const away = Math.abs(Date.parse(grid.validAt) - atMs);
		if (away <= grid.periodS * 1000 && (away < least || (away === least && !grid.isForecast)))
			[found, least] = [grid, away];
	}
	return found;
}

export const STATION_KINDS = ['rain', 'river', 'waterlogging'] as const;
export type StationKind = (typeof STATION_KINDS)[number];

export interface TimedStation {
	kind: StationKind;
	/** Newest reading up to the moment; null: none. */
	observedAt: string | null;
	/** Too old for the moment. */
	isStale: boolean;
}

export interface ValidTimes {
	kind: StationKind;
	/** Stations there are, and those that have something for the moment. */
	all: number;
	known: number;
	/** Oldest and newest of what they have; null: none has anything. */
	from: string | null;
	to: string | null;
}

/** @param stations - as they stood at the moment; kinds without any station are left out */
export function validTimes(stations: readonly TimedStation[]): ValidTimes[] {
	return STATION_KINDS.flatMap((kind) => {
		const own = stations.filter((station) => station.kind === kind);
		const times = own
			.flatMap(({ observedAt, isStale }) => (observedAt !== null && !isStale ? [observedAt] : []))
			.sort();
		if (own.length === 0) return [];
		return [{ kind, all: own.length, known: times.length, from: times[0] ?? null, to: times.at(-1) ?? null }];
	});
}
