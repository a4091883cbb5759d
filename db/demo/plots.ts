// Where the sites lie: 540 red lines in their towns, on land, apart from each other.

import type { Random } from '#lib/domain/random.ts';
import { occupied, type DemoTown, type DemoTowns, type Land } from './land.ts';
import { areaM2, centreOf, outerRings, placed, type Ring, type XY } from './plane.ts';
import { drawRedLine } from './red-line.ts';
import { shareOut } from './share.ts';
import { buildingWeight, dryPoint, townCentres } from './towns.ts';

export interface Plot {
	townCode: string;
	townName: string;
	ring: Ring;
	centre: XY;
}

/** Metres between two red lines: a road. */
const ROAD_M = 16;
const SHORE_M = 25;

/**
 * @param areas - land area of each plot in square metres, in the order of the answer
 * @throws Error when a plot finds no room
 */
export function layOutPlots(random: Random, areas: readonly number[], towns: DemoTowns, land: Land): Plot[] {
	const taken = occupied();
	const shares = shareOut(areas.length, towns.features.map(buildingWeight), () => areas.length);
	const order = random.shuffled(towns.features.flatMap((town, index) => Array<typeof town>(shares[index]!).fill(town)));
	const places = new Map(
		towns.features.map((town) => [
			town,
			{
				rings: outerRings(town.geometry),
				centres: townCentres(random, town, land),
				bearing: random.between(0, Math.PI / 2),
			},
		]),
	);

	const settle = (town: DemoTown, area: number): Plot | undefined => {
		const { rings, centres, bearing } = places.get(town)!;
		if (area > Math.max(...rings.map(areaM2)) / 2) return undefined;
		for (let attempt = 0; attempt < 400; attempt++) {
			const spread = 500 + attempt * 12;
			const centre = random.pick(centres);
			const at: XY =
				attempt < 200
					? [centre[0] + random.normal() * spread, centre[1] + random.normal() * spread]
					: dryPoint(random, rings, land);
			const ring = placed(drawRedLine(random, area, bearing + random.normal() * 0.12), 0, at);
			if (!land.isBuildable(ring, rings, SHORE_M) || !taken.isFree(ring, ROAD_M)) continue;
			taken.add(ring);
			return { townCode: town.properties.code, townName: town.properties.name, ring, centre: centreOf(ring) };
		}
		return undefined;
	};
	return areas.map((area, index) => {
		// A town too small for the plot passes it on to the others.
		for (const town of [order[index]!, ...random.shuffled(towns.features)]) {
			const plot = settle(town, area);
			if (plot) return plot;
		}
		throw new Error(`No town has room for a plot of ${Math.round(area)} m².`);
	});
}
