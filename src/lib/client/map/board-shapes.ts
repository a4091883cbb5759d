// The register's outlines and places, moved onto the datum of the base map once per board. What layers draw.

import type { MultiPolygon, Point, Position } from 'geojson';
import type {
	Board,
	GridProperties,
	MachineProperties,
	PitProperties,
	PointProperties,
	SiteProperties,
	TownProperties,
} from '#lib/contract/board.ts';
import type { BaseDatum } from './base-map.ts';
import { toBase } from './split-position.ts';

type LngLat = [number, number];
/** Rings of one polygon: the outer one, then holes. */
export type Rings = LngLat[][];

export interface Outline<P> {
	properties: P;
	polygon: Rings;
}
export interface Place<P> {
	properties: P;
	at: LngLat;
}

/** A site also has a place above its outline, where its symbol covers none of its machines. */
export interface SitePlace extends Place<SiteProperties> {
	crown: LngLat;
}

export interface BoardShapes {
	redLines: Outline<SiteProperties>[];
	sites: SitePlace[];
	machines: Place<MachineProperties>[];
	pits: Outline<PitProperties>[];
	pitPlaces: Place<PitProperties>[];
	points: Place<PointProperties>[];
	towns: Outline<TownProperties>[];
	grids: Outline<GridProperties>[];
}

export function shapesOf(board: Board, datum: BaseDatum): BoardShapes {
	const place = (position: Position): LngLat => toBase([position[0]!, position[1]!], datum);
	const outlines = <P>(features: { geometry: MultiPolygon | Point; properties: P }[]): Outline<P>[] =>
		features.flatMap(({ geometry, properties }) =>
			geometry.type === 'Point'
				? []
				: geometry.coordinates.map((rings) => ({ properties, polygon: rings.map((ring) => ring.map(place)) })),
		);
	const places = <P>(features: { geometry: Point; properties: P }[]): Place<P>[] =>
		features.map(({ geometry, properties }) => ({ properties, at: place(geometry.coordinates) }));

	const pits = outlines(board.pits.features);
	const seen = new Set<number>();
	return {
		redLines: outlines(board.sites.features),
		sites: board.sites.features.map(({ geometry, properties }) => {
			const ring = geometry.type === 'Point' ? [] : geometry.coordinates.flatMap(([outer]) => outer!.map(place));
			return { properties, at: place(properties.at), crown: crownOf(ring) ?? place(properties.at) };
		}),
		machines: places(board.machines.features),
		pits,
		pitPlaces: pits
			.filter(({ properties: { no } }) => !seen.has(no) && seen.add(no))
			.map(({ properties, polygon }) => ({ properties, at: middleOf(polygon[0]!) })),
		points: places(board.points.features),
		towns: outlines(board.towns.features),
		grids: outlines(board.grids.features),
	};
}

/** The middle of the upper edge of an outline's box. */
function crownOf(ring: readonly LngLat[]): LngLat | null {
	if (ring.length === 0) return null;
	const lngs = ring.map(([lng]) => lng);
	return [(Math.min(...lngs) + Math.max(...lngs)) / 2, Math.max(...ring.map(([, lat]) => lat))];
}

/** Centre of a ring's area; of its corners when the area is nothing. */
export function middleOf(ring: readonly LngLat[]): LngLat {
	let area = 0;
	let x = 0;
	let y = 0;
	const [originX, originY] = ring[0] ?? [0, 0];
	for (let i = 0; i < ring.length; i++) {
		const [ax, ay] = ring[i]!;
		const [bx, by] = ring[(i + 1) % ring.length]!;
		const cross = (ax - originX) * (by - originY) - (bx - originX) * (ay - originY);
		area += cross;
		x += (ax + bx - 2 * originX) * cross;
		y += (ay + by - 2 * originY) * cross;
	}
	if (Math.abs(area) < 1e-18) return [originX, originY];
	return [originX + x / (3 * area), originY + y / (3 * area)];
}
