// What the sheets of sites, machines and pits have in common.

import { sql, type RawBuilder, type SqlBool } from 'kysely';
import type { SourceNote } from '#lib/contract/dossier.ts';
import type { Scope } from '#lib/domain/access/scope.ts';

/** Names of people are a class of their own. */
export function seesPeople(scope: Scope): boolean {
	return scope.kind === 'system' || scope.layers.includes('personal');
}

/** For a caller bound to certain sites: only those. `site` is the column with the site's id. */
export function narrowedTo(scope: Scope, site: string): RawBuilder<SqlBool> {
	if (scope.kind === 'system' || !scope.siteIds) return sql<SqlBool>`true`;
	return sql<SqlBool>`${sql.ref(site)}::text = any(${[...scope.siteIds]}::text[])`;
}

export function sourceNote(kind: SourceNote['kind'], name: string, recordedAt: Date): SourceNote {
	return { kind, name, recordedAt: recordedAt.toISOString() };
}

/** JSON arrives as text or parsed, depending on the driver. */
export function valuesOf(json: unknown): Record<string, number | boolean | string> {
	return (typeof json === 'string' ? JSON.parse(json) : json) as Record<string, number | boolean | string>;
}
