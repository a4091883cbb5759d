// Management grids: irregular polygons that cover a town without gaps, small where much is built, each (but a few) with
// an owner and a backup. Codes are town + community + sequence, west to east inside a community.

import { featureCollection, intersect, point, polygon, voronoi } from '@turf/turf';
import type { MultiPolygon, Polygon } from 'geojson';
import type { Random } from '#lib/domain/random.ts';
import type { DemoTown, Land } from './land.ts';
import { personName, unique, villageName } from './names.ts';
import { areaM2, boxOf, distance, isInside, outerRings, toLngLat, toPlane, type XY } from './plane.ts';
import type { Plot } from './plots.ts';
import type { GridRow } from './rows.ts';
import type { Sources } from './sources.ts';
import { dryPoint } from './towns.ts';

/** Grids nobody owns, at these places in the order they are made: what a blind-spot list must find. */
const UNOWNED_SHARE = 0.03;

export function gridRows(
	random: Random,
	towns: readonly DemoTown[],
	plots: readonly Plot[],
	land: Land,
	sources: Sources,
): GridRow[] {
	const source_id = sources.add('grids', '管理网格');
	return towns.flatMap((town) => {
		const seeds = seedsOf(random, town, plots, land);
		const communities = seeds.slice(0, Math.ceil(seeds.length / 5));
		const taken = new Set<string>();
		const names = communities.map(() => unique(taken, () => `${villageName(random)}社区`));
		const serials = communities.map(() => 0);
		const cells = cellsOf(town, seeds)
			.map((boundary, index) => ({ boundary, seed: seeds[index]! }))
			.filter((cell): cell is { boundary: MultiPolygon; seed: XY } => cell.boundary !== undefined)
			.sort((a, b) => a.seed[0] - b.seed[0] || b.seed[1] - a.seed[1]);
		return cells.map(({ boundary, seed }): GridRow => {
			const community = nearest(seed, communities);
			const serial = (serials[community]! += 1);
			const isOwned = !random.chance(UNOWNED_SHARE);
			return {
				id: random.uuid(),
				code: town.properties.code + String(community + 1).padStart(3, '0') + String(serial).padStart(3, '0'),
				name: `${names[community]}第${serial}网格`,
				town_code: town.properties.code,
				boundary,
				owner_name: isOwned ? personName(random) : null,
				backup_name: isOwned && random.chance(0.92) ? personName(random) : null,
				valid_from: '2024-01-01',
				valid_to: null,
				source_id,
			};
		});
	});
}

/** One seed per grid: near every second or third site, and some in the open. */
function seedsOf(random: Random, town: DemoTown, plots: readonly Plot[], land: Land): XY[] {
	const rings = outerRings(town.geometry);
	const centres = plots.filter((plot) => plot.townCode === town.properties.code).map((plot) => plot.centre);
	const km2 = rings.reduce((sum, ring) => sum + areaM2(ring), 0) / 1e6;
	const seeds: XY[] = [];
	const isApart = (at: XY) => seeds.every((seed) => distance(seed, at) > 250);
	for (const centre of random.shuffled(centres).slice(0, Math.ceil(centres.length / 3))) {
		const at: XY = [centre[0] + random.normal() * 120, centre[1] + random.normal() * 120];
		if (rings.some((ring) => isInside(at, ring)) && isApart(at)) seeds.push(at);
	}
	const open = seeds.length + 2 + Math.round(km2 / 12);
	for (let attempt = 0; seeds.length < open && attempt < 400; attempt++) {
		const at = dryPoint(random, rings, land);
		if (isApart(at)) seeds.push(at);
	}
	return seeds;
}

/** The part of the town nearest to each seed. */
function cellsOf(town: DemoTown, seeds: readonly XY[]): (MultiPolygon | undefined)[] {
	const boxes = outerRings(town.geometry).map(boxOf);
	const [west, south] = toLngLat([
		Math.min(...boxes.map((box) => box.west)) - 500,
		Math.min(...boxes.map((box) => box.south)) - 500,
	]);
	const [east, north] = toLngLat([
		Math.max(...boxes.map((box) => box.east)) + 500,
		Math.max(...boxes.map((box) => box.north)) + 500,
	]);
	// Scaled to metres before and back after: nearest in degrees is not nearest on the ground.
	const inMetres = voronoi(featureCollection(seeds.map((seed) => point([...seed]))), {
		bbox: [...toPlane([west!, south!]), ...toPlane([east!, north!])] as [number, number, number, number],
	});
	return inMetres.features.map((cell) => {
		const ring = cell.geometry.coordinates[0]!.map((position) => toLngLat([position[0]!, position[1]!]));
		const part = intersect(
			featureCollection<Polygon | MultiPolygon>([
				polygon([ring]),
				{ type: 'Feature', properties: {}, geometry: town.geometry },
			]),
		);
		if (!part) return undefined;
		const polygons = part.geometry.type === 'Polygon' ? [part.geometry.coordinates] : part.geometry.coordinates;
		const rounded = polygons.map((rings) =>
			rings.map((line) => line.map(([lng, lat]) => toLngLat(toPlane([lng!, lat!])))),
		);
		return { type: 'MultiPolygon', coordinates: rounded };
	});
}

function nearest(at: XY, places: readonly XY[]): number {
	let best = 0;
	for (const [index, place] of places.entries()) if (distance(at, place) < distance(at, places[best]!)) best = index;
	return best;
}
