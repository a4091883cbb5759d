// A terrain model out of a GeoTIFF: degrees, Web Mercator, UTM or CGCS2000 Gauss-Krüger, drawn on square cells.

import proj4 from 'proj4';
import { floodRules } from '#db/rules/flood.ts';
import { squareTerrain, type PlacedTerrain, type Way } from '#lib/domain/flood/water/square-terrain.ts';
import { definitionOf } from '#lib/domain/import/datum.ts';
import { firstBand, openTiff, wrongTiff } from './read-geotiff.ts';

export interface ReadTerrain extends PlacedTerrain {
	crs: number;
	knownShare: number;
	lowestM: number;
	highestM: number;
}

/** @throws Fault `bad-input` with what is wrong and what would be right */
export async function readTerrain(bytes: Uint8Array): Promise<ReadTerrain> {
	const { image, width, height, crs } = await openTiff(bytes);
	const definition = crs === undefined ? undefined : definitionOf(crs);
	if (crs === undefined || definition === undefined)
		throw wrongTiff(
			crs === undefined ? '文件未注明坐标系' : `不支持坐标系 EPSG:${crs}`,
			`${crs === undefined ? 'The file names no coordinate system' : `EPSG:${crs} is not supported`}; use EPSG:4326, 4490, 3857, UTM or CGCS2000 zones`,
		);
	const [left, top, stepX, stepY] = placeOf(image);
	const { terrain: rules } = floodRules;
	const heightM = (await firstBand(image)).map((metres) =>
		metres > rules.leastM.value && metres < rules.mostM.value ? metres : NaN,
	);
	const made = squareTerrain(
		{ width, height, heightM, left, top, stepX, stepY },
		wayOf(definition),
		rules.mostCells.value,
	);
	if ('tooMany' in made)
		throw wrongTiff(
			`格点过多（${made.tooMany}），最多 ${rules.mostCells.value} 个，请裁剪或降低分辨率`,
			`Too many cells (${made.tooMany}), ${rules.mostCells.value} at most; cut it or make it coarser`,
		);
	let known = 0;
	let [lowestM, highestM] = [Infinity, -Infinity];
	for (const metres of made.groundM) {
		if (Number.isNaN(metres)) continue;
		known += 1;
		lowestM = Math.min(lowestM, metres);
		highestM = Math.max(highestM, metres);
	}
	if (known === 0) throw wrongTiff('文件中没有有效高程', 'The file holds no height');
	const { bounds } = made;
	if (!bounds.every(Number.isFinite) || bounds[0] < -180 || bounds[2] > 180 || bounds[1] < -85 || bounds[3] > 85)
		throw wrongTiff('范围不在地球上，坐标系可能有误', 'It lies nowhere on Earth; its coordinate system may be wrong');
	return { ...made, crs, knownShare: known / made.groundM.length, lowestM, highestM };
}

type Image = Awaited<ReturnType<typeof openTiff>>['image'];

function placeOf(image: Image): [left: number, top: number, stepX: number, stepY: number] {
	let origin: number[];
	let resolution: number[];
	try {
		[origin, resolution] = [image.getOrigin(), image.getResolution()];
	} catch (cause) {
		throw wrongTiff('文件没有地理定位', 'The file does not say where it lies', cause);
	}
	const [left, top] = origin as [number, number];
	const [stepX, stepDown] = resolution as [number, number];
	if (!(stepX > 0 && stepDown < 0))
		throw wrongTiff('栅格须为北方朝上', 'Its rows must run from north to south, unturned');
	return [left, top, stepX, -stepDown];
}

function wayOf(definition: string): Way {
	if (definition.startsWith('+proj=longlat')) return { toLngLat: (at) => at, fromLngLat: (at) => at };
	const { forward, inverse } = proj4('+proj=longlat +datum=WGS84 +no_defs', definition);
	return { toLngLat: (at) => inverse(at), fromLngLat: (at) => forward(at) };
}
