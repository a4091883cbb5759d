// Puts the register together as the map draws it, for the area a caller may see.

import { deviceRules } from '#db/rules/device.ts';
import { riskCellRules } from '#db/rules/risk.ts';
import type { Board } from '#lib/contract/board.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { boundsOf, type Bounds } from '#lib/domain/geo.ts';
import { shanghaiDay } from '#lib/domain/day.ts';
import type { Db } from '../db/connection.ts';
import { gridFeatures, townFeatures, withOwnersAsShown } from '../repositories/area-list.ts';
import { WHOLE } from '../db/list-filter.ts';
import { machineFeatures } from '../repositories/machine-list.ts';
import { pitFeatures, pointFeatures } from '../repositories/pit-list.ts';
import { siteDevices } from '../repositories/device.ts';
import { siteFeatures } from '../repositories/site-list.ts';

/** What a map shows that has nothing to show: China. */
const NOWHERE: Bounds = [73, 18, 135, 54];

const collection = <F>(features: F[]) => ({ type: 'FeatureCollection' as const, features });

/** @param on - the day machines are graded by, and whose grids are shown */
export async function readBoard(
	db: Db,
	scope: Scope,
	district: Omit<Board['district'], 'bounds'>,
	register: Pick<Board, 'version' | 'isDemo'>,
	on: Date,
): Promise<Board> {
	const towns = await townFeatures(db, scope);
	const sites = await siteFeatures(db, scope, WHOLE);
	return {
		...register,
		presence: deviceRules.presence,
		riskCells: riskCellRules,
		district: { ...district, bounds: boundsOf(towns.length ? towns : sites) ?? NOWHERE },
		sites: collection(sites),
		machines: collection(await machineFeatures(db, scope, WHOLE, on)),
		pits: collection(await pitFeatures(db, scope, WHOLE)),
		points: collection(await pointFeatures(db, scope)),
		siteDevices: await siteDevices(db, scope),
		towns: collection(towns),
		grids: collection((await gridFeatures(db, scope, shanghaiDay(on))).map((grid) => withOwnersAsShown(scope, grid))),
	};
}
