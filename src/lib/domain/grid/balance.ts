// Management grids and who carries how much: a site is handed to the neighbouring grid together with the ground around
// it, so that every grid stays one piece. Cells of analysis have no place here.

import {
	area,
	difference,
	featureCollection,
	intersect,
	multiPolygon,
	point,
	polygon,
	union,
	voronoi,
} from '@turf/turf';
import type { Feature, MultiPolygon, Polygon } from 'geojson';
import type { LngLat } from '../geo.ts';
import type { Rule } from '../rule.ts';

export interface OwnedGrid {
	id: string;
	ownerName: string | null;
	boundary: MultiPolygon;
}

export interface GridSite {
	id: string;
	gridId: string | null;
	at: LngLat;
	grade: 'high' | 'medium' | 'low' | null;
}

export interface GridMove {
	siteId: string;
	toGridId: string;
}

export interface BalanceRules {
	weight: Record<'high' | 'medium' | 'low', Rule>;
	/** Overlaps and gaps below this are the noise of rounding. */
	sliverM2: Rule;
}

export interface OwnerLoad {
	owner: string;
	grids: number;
	sites: number;
	load: number;
}

/** Sites without a grade weigh as medium. */
export function loadsByOwner(
	grids: readonly OwnedGrid[],
	sites: readonly GridSite[],
	rules: BalanceRules,
): OwnerLoad[] {
	const loads = new Map<string, OwnerLoad>();
	const ownerOf = new Map(grids.map(({ id, ownerName }) => [id, ownerName]));
	for (const { ownerName } of grids) {
		if (ownerName === null) continue;
		const known = loads.get(ownerName) ?? { owner: ownerName, grids: 0, sites: 0, load: 0 };
		loads.set(ownerName, { ...known, grids: known.grids + 1 });
	}
	for (const { gridId, grade } of sites) {
		const owner = gridId === null ? null : (ownerOf.get(gridId) ?? null);
		const known = owner === null ? undefined : loads.get(owner);
		if (known)
			loads.set(owner!, { ...known, sites: known.sites + 1, load: known.load + rules.weight[grade ?? 'medium'].value });
	}
	return [...loads.values()].sort((a, b) => b.load - a.load || (a.owner < b.owner ? -1 : 1));
}

export type Moved =
	| { ok: true; boundaries: Map<string, MultiPolygon>; gridOf: Map<string, string> }
	| { ok: false; reason: 'not-contiguous' | 'not-found'; siteId: string };

/**
 * Hands sites over one after the other. The ground nearest to the site goes with it; a move that would leave either
 * grid in pieces is refused, and all of them with it.
 */
export function moveSites(
	grids: readonly OwnedGrid[],
	sites: readonly GridSite[],
	moves: readonly GridMove[],
	rules: BalanceRules,
): Moved {
	const boundaries = new Map(grids.map(({ id, boundary }) => [id, boundary]));
	const gridOf = new Map(sites.flatMap(({ id, gridId }) => (gridId ? [[id, gridId] as const] : [])));
	for (const { siteId, toGridId } of moves) {
		const site = sites.find(({ id }) => id === siteId);
		const to = boundaries.get(toGridId);
		if (!site || !to) return { ok: false, reason: 'not-found', siteId };
		const fromId = gridOf.get(siteId);
		const from = fromId === undefined ? undefined : boundaries.get(fromId);
		gridOf.set(siteId, toGridId);
		if (!from || fromId === toGridId) continue;
		const others = sites.filter(({ id }) => gridOf.get(id) === fromId);
		const patch = groundOf(site, others, from);
		const rest = patch && cut(from, patch, rules.sliverM2.value);
		const grown = patch && joined(to, patch, rules.sliverM2.value);
		if (!rest || !grown || !isOnePiece(rest) || !isOnePiece(grown))
			return { ok: false, reason: 'not-contiguous', siteId };
		boundaries.set(fromId!, rest);
		boundaries.set(toGridId, grown);
	}
	return { ok: true, boundaries, gridOf };
}

/**
 * Moves that make the loads of two neighbours more equal, one at a time, as long as one helps.
 *
 * @param made - handed over already: that stands, and the proposal goes on from there
 * @returns what is made, and behind it at most so many more
 */
export function proposeMoves(
	grids: readonly OwnedGrid[],
	sites: readonly GridSite[],
	rules: BalanceRules,
	most: number,
	made: readonly GridMove[] = [],
): GridMove[] {
	const moves = [...made];
	const refused = new Set<string>();
	const place = new Map(sites.map(({ id, gridId }) => [id, gridId]));
	for (const { siteId, toGridId } of made) place.set(siteId, toGridId);
	const byHand = new Set(made.map(({ siteId }) => siteId));
	const touching = neighbours(grids);
	while (moves.length < made.length + most) {
		const now = sites.map((site) => ({ ...site, gridId: place.get(site.id) ?? null }));
		const loads = new Map(loadsByOwner(grids, now, rules).map(({ owner, load }) => [owner, load]));
		const free = now.filter(({ id }) => !byHand.has(id));
		const best = bestMove(grids, free, touching, loads, refused, rules);
		if (!best) break;
		const tried = moveSites(grids, sites, [...moves, best], rules);
		if (!tried.ok) {
			refused.add(`${best.siteId}>${best.toGridId}`);
			continue;
		}
		moves.push(best);
		place.set(best.siteId, best.toGridId);
	}
	return moves;
}

function bestMove(
	grids: readonly OwnedGrid[],
	sites: readonly GridSite[],
	touching: ReadonlyMap<string, readonly string[]>,
	loads: ReadonlyMap<string, number>,
	refused: ReadonlySet<string>,
	rules: BalanceRules,
): GridMove | undefined {
	const ownerOf = new Map(grids.map(({ id, ownerName }) => [id, ownerName]));
	let best: GridMove | undefined;
	let gain = 0;
	for (const { id, gridId, grade } of sites) {
		const owner = gridId && ownerOf.get(gridId);
		if (!gridId || !owner) continue;
		const weight = rules.weight[grade ?? 'medium'].value;
		for (const other of touching.get(gridId) ?? []) {
			const to = ownerOf.get(other);
			if (!to || to === owner || refused.has(`${id}>${other}`)) continue;
			// Squares fall by this when the weight changes hands.
			const helps = 2 * weight * ((loads.get(owner) ?? 0) - (loads.get(to) ?? 0) - weight);
			if (helps > gain) {
				gain = helps;
				best = { siteId: id, toGridId: other };
			}
		}
	}
	return best;
}

/** Grids whose boxes touch and that share a stretch of border. */
export function neighbours(grids: readonly OwnedGrid[]): Map<string, string[]> {
	const corners = grids.map(
		({ boundary }) =>
			new Set(boundary.coordinates.flat(2).map(([lng, lat]) => `${lng!.toFixed(5)},${lat!.toFixed(5)}`)),
	);
	const found = new Map<string, string[]>(grids.map(({ id }) => [id, []]));
	grids.forEach((a, i) =>
		grids.forEach((b, j) => {
			if (j <= i) return;
			let shared = 0;
			for (const corner of corners[i]!) if (corners[j]!.has(corner)) shared++;
			if (shared < 2) return;
			found.get(a.id)!.push(b.id);
			found.get(b.id)!.push(a.id);
		}),
	);
	return found;
}

export function isOnePiece({ coordinates }: MultiPolygon): boolean {
	return coordinates.length === 1;
}

/** The part of the grid that lies nearer to the site than to any other site of the grid. */
function groundOf(
	site: GridSite,
	others: readonly GridSite[],
	grid: MultiPolygon,
): Feature<Polygon | MultiPolygon> | null {
	if (others.length === 0) return null;
	const points = featureCollection([site, ...others].map(({ at }) => point(at)));
	const flat = grid.coordinates.flat(2);
	const [west, south, east, north] = [
		Math.min(...flat.map(([lng]) => lng!)) - 0.01,
		Math.min(...flat.map(([, lat]) => lat!)) - 0.01,
		Math.max(...flat.map(([lng]) => lng!)) + 0.01,
		Math.max(...flat.map(([, lat]) => lat!)) + 0.01,
	];
	const cell = voronoi(points, { bbox: [west, south, east, north] }).features[0];
	if (!cell) return null;
	return intersect(
		featureCollection<Polygon | MultiPolygon>([polygon(cell.geometry.coordinates), multiPolygon(grid.coordinates)]),
	);
}

function cut(from: MultiPolygon, patch: Feature<Polygon | MultiPolygon>, sliverM2: number): MultiPolygon | null {
	return whole(
		difference(featureCollection<Polygon | MultiPolygon>([multiPolygon(from.coordinates), patch])),
		sliverM2,
	);
}

function joined(to: MultiPolygon, patch: Feature<Polygon | MultiPolygon>, sliverM2: number): MultiPolygon | null {
	return whole(union(featureCollection<Polygon | MultiPolygon>([multiPolygon(to.coordinates), patch])), sliverM2);
}

/** As a MultiPolygon without slivers. */
function whole(shape: Feature<Polygon | MultiPolygon> | null, sliverM2: number): MultiPolygon | null {
	if (!shape) return null;
	const parts = shape.geometry.type === 'Polygon' ? [shape.geometry.coordinates] : shape.geometry.coordinates;
	const kept = parts.filter((rings) => area(polygon(rings)) > sliverM2);
	return kept.length ? { type: 'MultiPolygon', coordinates: kept } : null;
}
