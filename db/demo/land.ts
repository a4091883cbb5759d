// Where building is possible: inside a town, off the water, away from what stands there already.

import type { Feature, FeatureCollection, MultiPolygon, Polygon } from 'geojson';
import { boxOf, edges, gapM, isInside, isWithin, outerRings, type Ring, type XY } from './plane.ts';

export interface DemoTownProperties {
	code: string;
	name: string;
	nameEn?: string | null;
	seat?: number[] | null;
}
export type DemoTowns = FeatureCollection<Polygon | MultiPolygon, DemoTownProperties>;
export type DemoTown = Feature<Polygon | MultiPolygon, DemoTownProperties>;
export type DemoWater = FeatureCollection<Polygon | MultiPolygon, unknown>;

interface Shore {
	ring: Ring;
	box: ReturnType<typeof boxOf>;
	edges: { edge: readonly [XY, XY]; box: ReturnType<typeof boxOf> }[];
}

export interface Land {
	isDry(at: XY): boolean;
	/** Whether a ring lies in one of the rings of a town and keeps `shoreM` off the water. */
	isBuildable(ring: Ring, town: readonly Ring[], shoreM: number): boolean;
}

const apart = (a: ReturnType<typeof boxOf>, b: ReturnType<typeof boxOf>, gap: number): boolean =>
	a.west > b.east + gap || b.west > a.east + gap || a.south > b.north + gap || b.south > a.north + gap;

export function landWithout(water: DemoWater): Land {
	const shores: Shore[] = water.features
		.flatMap((feature) => outerRings(feature.geometry))
		.map((ring) => ({ ring, box: boxOf(ring), edges: edges(ring).map((edge) => ({ edge, box: boxOf(edge) })) }));
	const isDry = (at: XY): boolean => !shores.some(({ ring }) => isInside(at, ring));
	return {
		isDry,
		isBuildable(ring, town, shoreM) {
			if (!town.some((part) => isWithin(ring, part))) return false;
			if (!isDry(ring[0]!)) return false;
			const box = boxOf(ring);
			return !shores.some(
				(shore) =>
					!apart(shore.box, box, shoreM) &&
					shore.edges.some((near) => !apart(near.box, box, shoreM) && gapM(near.edge, ring) < shoreM),
			);
		},
	};
}

/** What stands already, found again by place. */
export interface Occupied {
	isFree(ring: Ring, gap: number): boolean;
	add(ring: Ring): void;
}

const CELL_M = 600;

export function occupied(): Occupied {
	const cells = new Map<string, Ring[]>();
	const keysOf = (ring: Ring, gap: number): string[] => {
		const { west, south, east, north } = boxOf(ring);
		const keys: string[] = [];
		for (let x = Math.floor((west - gap) / CELL_M); x <= Math.floor((east + gap) / CELL_M); x++)
			for (let y = Math.floor((south - gap) / CELL_M); y <= Math.floor((north + gap) / CELL_M); y++)
				keys.push(`${x}/${y}`);
		return keys;
	};
	return {
		isFree: (ring, gap) =>
			!keysOf(ring, gap).some((key) => cells.get(key)?.some((other) => gapM(ring, other) < gap) ?? false),
		add(ring) {
			for (const key of keysOf(ring, 0)) cells.set(key, [...(cells.get(key) ?? []), ring]);
		},
	};
}
