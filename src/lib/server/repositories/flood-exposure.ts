// Exposure of sites as it was judged last.

import { sql } from 'kysely';
import type { ExposureDetail, ExposureView } from '#lib/contract/flood.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Exposure, Factor } from '#lib/domain/flood/exposure.ts';
import type { Db } from '../db/connection.ts';
import { inScope } from '../db/scope.ts';

/** Rows of one statement: putting more into words would hold up everything else for a while. */
const AT_ONCE = 200;

interface Judged {
	siteId: string;
	judged: Exposure;
}

export async function putExposures(tx: Db, all: readonly Judged[], rules: string, at: Date): Promise<void> {
	for (let from = 0; from < all.length; from += AT_ONCE) await putSome(tx, all.slice(from, from + AT_ONCE), rules, at);
}

async function putSome(tx: Db, rows: readonly Judged[], rules: string, at: Date): Promise<void> {
	const column = <T>(value: (judged: Exposure) => T) => rows.map(({ judged }) => value(judged));
	await sql`
		insert into flood_exposure
			(site_id, judged_at, rules, score, band, hazard, exposure, vulnerability, uncertainty, factors)
		select id, ${at}::timestamptz, ${rules}::text, score, band, h, e, v, u, f::jsonb
		from unnest(
			${rows.map(({ siteId }) => siteId)}::uuid[],
			${column(({ score }) => score)}::float8[],
			${column(({ band }) => band)}::text[],
			${column(({ hazard }) => hazard)}::float8[],
			${column(({ exposure }) => exposure)}::float8[],
			${column(({ vulnerability }) => vulnerability)}::float8[],
			${column(({ uncertainty }) => uncertainty)}::float8[],
			${column(({ factors }) => JSON.stringify(factors))}::text[]
		) as new (id, score, band, h, e, v, u, f)
		on conflict (site_id) do update set
			judged_at = excluded.judged_at, rules = excluded.rules, score = excluded.score, band = excluded.band,
			hazard = excluded.hazard, exposure = excluded.exposure, vulnerability = excluded.vulnerability,
			uncertainty = excluded.uncertainty, factors = excluded.factors`.execute(tx);
}

export async function exposures(db: Db, scope: Scope): Promise<ExposureView[]> {
	const rows = await db
		.selectFrom('flood_exposure')
		.innerJoin('site', 'site.id', 'flood_exposure.site_id')
		.select(['site.no', 'site.id', 'score', 'band', 'uncertainty'])
		.where('site.state', '!=', 'finished')
		.where(inScope(scope, 'site.town_code', 'site.id'))
		.orderBy('site.no')
		.execute();
	return rows.map(({ id, ...row }) => ({ ...row, siteId: id }));
}

export async function exposureOf(db: Db, scope: Scope, siteId: string): Promise<ExposureDetail | undefined> {
	const row = await db
		.selectFrom('flood_exposure')
		.innerJoin('site', 'site.id', 'flood_exposure.site_id')
		.selectAll('flood_exposure')
		.select('site.no')
		.where('site.id', '=', siteId)
		.where(inScope(scope, 'site.town_code', 'site.id'))
		.executeTakeFirst();
	return (
		row && {
			no: row.no,
			siteId: row.site_id,
			score: row.score,
			band: row.band,
			uncertainty: row.uncertainty,
			hazard: row.hazard,
			exposure: row.exposure,
			vulnerability: row.vulnerability,
			rules: row.rules,
			judgedAt: row.judged_at.toISOString(),
			factors: row.factors as Factor[],
		}
	);
}
