import type { Board } from '#lib/contract/board.ts';
import { boundsOf } from '#lib/domain/geo.ts';
import { api } from '#lib/server/http/api.ts';
import { gridFeatures, townFeatures } from '#lib/server/repositories/area-list.ts';
import { WHOLE } from '#lib/server/repositories/list-filter.ts';
import { machineFeatures } from '#lib/server/repositories/machine-list.ts';
import { pitFeatures, pointFeatures } from '#lib/server/repositories/pit-list.ts';
import { registerVersion } from '#lib/server/repositories/register-version.ts';
import { siteFeatures } from '#lib/server/repositories/site-list.ts';
import type { RequestEvent } from './$types';

const collection = <F>(features: F[]) => ({ type: 'FeatureCollection' as const, features });

/** The register as the map draws it, for the area the caller may see. Answers 304 while nothing has changed. */
export const GET = api(async ({ locals, request }: RequestEvent) => {
	const { db, scope, runtime } = locals;
	const today = new Date();
	const { version, isDemo } = await registerVersion(db, today);
	const areas = scope.kind === 'areas' ? scope.areas.join('.') : 'all';
	const etag = `"${version}.${areas}"`;
	if (request.headers.get('if-none-match') === etag) return new Response(null, { status: 304, headers: { etag } });

	const towns = await townFeatures(db, scope);
	const sites = await siteFeatures(db, scope, WHOLE);
	const board: Board = {
		version,
		isDemo,
		district: {
			code: runtime.config.DISTRICT,
			name: runtime.config.DISTRICT_NAME,
			nameEn: runtime.config.DISTRICT_NAME_EN,
			bounds: boundsOf(towns.length ? towns : sites) ?? [73, 18, 135, 54],
		},
		sites: collection(sites),
		machines: collection(await machineFeatures(db, scope, WHOLE, today)),
		pits: collection(await pitFeatures(db, scope, WHOLE)),
		points: collection(await pointFeatures(db, scope)),
		towns: collection(towns),
		grids: collection(await gridFeatures(db, scope)),
	};
	return Response.json(board, { headers: { etag, 'cache-control': 'private, no-cache' } });
});
