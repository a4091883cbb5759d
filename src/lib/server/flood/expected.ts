// What areas of warnings are compared with: the district's box, code and towns.

import type { Expected } from '#lib/domain/flood/cap-area.ts';
import { boundsOf } from '#lib/domain/geo.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { townFeatures } from '../repositories/area-list.ts';
import { townNames } from '../repositories/flood-signal.ts';

export async function expectedArea(db: Db, district: string): Promise<Expected> {
	const bounds = boundsOf(await townFeatures(db, SYSTEM)) ?? [73, 18, 135, 54];
	return { bounds, district, towns: await townNames(db) };
}
