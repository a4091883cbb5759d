// Random duty checks and what came of them.

import type { Scope } from '#lib/domain/access/scope.ts';
import { grouped } from '#lib/domain/grouped.ts';
import type { Db } from '../db/connection.ts';
import { inScope } from '../db/scope.ts';

/** Draws of the season, newest first. A check nobody answered in time is silent. */
export async function dutyDraws(db: Db, scope: Scope, at: Date) {
	const draws = await db.selectFrom('duty_draw').selectAll().orderBy('drawn_at', 'desc').limit(20).execute();
	const checks = await db
		.selectFrom('duty_check')
		.innerJoin('site', 'site.id', 'duty_check.site_id')
		.select(['draw_id', 'duty_check.id', 'position', 'site.no as siteNo', 'site.name as siteName', 'link'])
		.select(['asked_at as askedAt', 'answer_by as answerBy', 'answered_at as answeredAt'])
		.select(['answered_name as answeredName', 'distance_m as distanceM', 'photo_id as photoId', 'result'])
		.where('draw_id', 'in', draws.length > 0 ? draws.map(({ id }) => id) : [NONE])
		.where(inScope(scope, 'site.town_code', 'site.id'))
		.orderBy('position')
		.execute();
	const byDraw = grouped(checks, ({ draw_id }) => draw_id);
	return draws.map((draw) => ({
		id: draw.id,
		drawnAt: draw.drawn_at,
		drawnBy: draw.drawn_by,
		seed: draw.seed,
		seedHash: draw.seed_hash,
		pool: draw.pool,
		checks: (byDraw.get(draw.id) ?? []).map(({ draw_id: _, ...check }) => ({
			...check,
			result: check.result === 'open' && check.answerBy < at ? ('silent' as const) : check.result,
		})),
	}));
}

const NONE = '00000000-0000-0000-0000-000000000000';

export async function dutyByLink(db: Db, linkHash: string) {
	return db
		.selectFrom('duty_check')
		.innerJoin('site', 'site.id', 'duty_check.site_id')
		.select(['site.name as siteName', 'asked_at as askedAt', 'answer_by as answerBy', 'result'])
		.where('link_hash', '=', linkHash)
		.executeTakeFirst();
}
