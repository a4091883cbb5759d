// The scope of a caller as a condition: the same rule as domain/access `reaches`, spelled for SQL.

import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { Scope } from '#lib/domain/access/scope.ts';

/**
 * @param town - column with a row's 9-digit town code, as `alias.column`; rows without a town belong to the district
 * @param site - column with the id of the site a row stands on; a scope narrowed to sites reaches no row without one
 * @param grid - column with a row's 15-digit grid code, where the question has one; else it is asked of the site
 */
export function inScope(scope: Scope, town: string, site?: string, grid?: string): RawBuilder<SqlBool> {
	if (scope.kind === 'system') return sql<SqlBool>`true`;
	if (scope.siteIds && !site) return sql<SqlBool>`false`;
	const named = scope.siteIds && site ? sql`${sql.ref(site)}::text = any(${[...scope.siteIds]}::text[]) and ` : sql``;
	const areas = scope.areas.filter((area) => area.length <= 9);
	const grids = scope.areas.filter((area) => area.length === 15);
	const districtWide = scope.areas.some((area) => area.length === 6);
	// Behind the second wall the database estimates by its statistics only for operators that cannot tell what is hidden:
	// `^@` (starts with) is one, `like` is not, and one row estimated where there are thousands joins them one by one.
	return sql<SqlBool>`(${named}(
		${sql.ref(town)} ^@ any(${areas}::text[])
		or (${districtWide} and ${sql.ref(town)} is null)
		or ${inGrids(grids, site, grid)}
	))`;
}

/**
 * What names several sites is told of whole or not at all: whether all of them are in scope.
 *
 * @param named - a question for their ids, as JSON texts in its one column
 */
export function hasAllSitesIn(scope: Scope, named: RawBuilder<unknown>): RawBuilder<SqlBool> {
	if (scope.kind === 'system' || (!scope.siteIds && scope.areas.some((area) => area.length === 6)))
		return sql<SqlBool>`true`;
	return sql<SqlBool>`not exists (
		select from (${named}) as named (id)
		where not exists (
			select from site s left join management_grid g on g.id = s.grid_id
			where s.id = (named.id #>> '{}')::uuid and ${inScope(scope, 's.town_code', 's.id', 'g.code')}
		)
	)`;
}

/** Rows of the very areas of the grants, not of what lies within them. @param area - column with the code, of any length */
export function isOwnArea(scope: Scope, area: string): RawBuilder<SqlBool> {
	if (scope.kind === 'system') return sql<SqlBool>`true`;
	if (scope.siteIds) return sql<SqlBool>`false`;
	return sql<SqlBool>`${sql.ref(area)} = any(${[...scope.areas]}::text[])`;
}

function inGrids(grids: readonly string[], site: string | undefined, grid: string | undefined): RawBuilder<SqlBool> {
	if (grids.length === 0 || (!site && !grid)) return sql<SqlBool>`false`;
	if (grid) return sql<SqlBool>`${sql.ref(grid)} = any(${[...grids]}::text[])`;
	return sql<SqlBool>`${sql.ref(site!)} in (
		select place.id from site place join management_grid around on around.id = place.grid_id
		where around.code = any(${[...grids]}::text[])
	)`;
}
