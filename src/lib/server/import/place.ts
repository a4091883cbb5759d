// What the place itself is known to look like: the outline of the district and the codes of its towns, from the maps that
// come with the program.

import fs from 'node:fs/promises';
import { join } from 'node:path';
import type { FeatureCollection, MultiPolygon } from 'geojson';
import { asMultiPolygon } from '../db/geo.ts';
import { programFolder } from '../program-folder.ts';

export interface KnownPlace {
	/** Null for a district that no map comes for. */
	district: MultiPolygon | null;
	/** Nine-digit codes of its towns by name. */
	gazetteer: { code: string; name: string }[];
}

/** @param code - six digits of the district */
export async function knownPlace(code: string): Promise<KnownPlace> {
	const folder = join(programFolder(), 'static/basemap', code);
	const [district, towns] = await Promise.all([
		layer(join(folder, 'district.geojson')),
		layer(join(folder, 'towns.geojson')),
	]);
	const [outline] = district?.features ?? [];
	const shape = outline?.geometry;
	return {
		district: shape?.type === 'Polygon' || shape?.type === 'MultiPolygon' ? asMultiPolygon(shape) : null,
		gazetteer: (towns?.features ?? []).flatMap(({ properties }) =>
			typeof properties?.code === 'string' && typeof properties.name === 'string'
				? [{ code: properties.code, name: properties.name }]
				: [],
		),
	};
}

async function layer(path: string): Promise<FeatureCollection | undefined> {
	try {
		return JSON.parse(await fs.readFile(path, 'utf8')) as FeatureCollection;
	} catch (error) {
		if ((error as { code?: string }).code === 'ENOENT') return undefined;
		throw error;
	}
}
