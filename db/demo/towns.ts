// The district's towns as rows, and how much is being built in each: dense in the north along the river and the metro,
// sparse in the southern hills.

import type { Random } from '#lib/domain/random.ts';
import type { Land, DemoTown, DemoTowns } from './land.ts';
import { outerRings, pointOf, toPlane, boxOf, areaM2, isInside, type Ring, type XY } from './plane.ts';
import type { TownRow } from './rows.ts';
import type { Sources } from './sources.ts';

/** Weight of a town among the building sites, by the first two characters of its name. */
const BUILDING: Record<string, number> = {
	北干: 11,
	宁围: 13,
	盈丰: 12,
	新塘: 9,
	城厢: 7,
	蜀山: 9,
	新街: 9,
	闻堰: 7,
	瓜沥: 10,
	衙前: 4,
	南阳: 4,
	靖江: 4,
	义桥: 4,
	临浦: 5,
	所前: 3,
	党湾: 2,
	益农: 2,
	浦阳: 2,
	戴村: 2,
	进化: 1.5,
	河上: 1.5,
	楼塔: 1,
};
/** A town this list does not know gets little. */
const OTHER_TOWN = 2;

export function buildingWeight(town: DemoTown): number {
	return BUILDING[town.properties.name.slice(0, 2)] ?? OTHER_TOWN;
}

export function townRows(towns: DemoTowns, sources: Sources): TownRow[] {
	const source_id = sources.add('towns', '萧山区镇街（示意界线，非法定）');
	return towns.features.map(({ geometry, properties }) => ({
		code: properties.code,
		name: properties.name,
		name_en: properties.nameEn ?? null,
		boundary:
			geometry.type === 'MultiPolygon'
				? geometry
				: { type: 'MultiPolygon' as const, coordinates: [geometry.coordinates] },
		seat: properties.seat ? pointOf(toPlane(properties.seat)) : null,
		valid_from: '2021-04-09',
		valid_to: null,
		source_id,
	}));
}

/** A dry point of a town, any. @throws Error when the town is all water */
export function dryPoint(random: Random, rings: readonly Ring[], land: Land): XY {
	const sized = rings.map((ring) => [ring, areaM2(ring)] as const);
	for (let attempt = 0; attempt < 5000; attempt++) {
		const ring = random.weighted(sized);
		const { west, south, east, north } = boxOf(ring);
		const at: XY = [random.between(west, east), random.between(south, north)];
		if (isInside(at, ring) && land.isDry(at)) return at;
	}
	throw new Error('No dry point was found in a town: its outline and the water do not fit together.');
}

/** Where building gathers in a town: its seat and a few centres more. */
export function townCentres(random: Random, town: DemoTown, land: Land): XY[] {
	const rings = outerRings(town.geometry);
	const seat = town.properties.seat ? [toPlane(town.properties.seat)] : [];
	return [...seat, ...Array.from({ length: random.whole(3, 6) }, () => dryPoint(random, rings, land))];
}
