// What the sheets of sites, machines and pits have in common.

import type { SourceNote } from '#lib/contract/dossier.ts';
import type { Scope } from '#lib/domain/access/scope.ts';

/** Names of people are a class of their own. */
export function seesPeople(scope: Scope): boolean {
	return scope.kind === 'system' || scope.layers.includes('personal');
}

export function sourceNote(kind: SourceNote['kind'], name: string, recordedAt: Date): SourceNote {
	return { kind, name, recordedAt: recordedAt.toISOString() };
}

/** JSON arrives as text or parsed, depending on the driver. */
export function valuesOf(json: unknown): Record<string, number | boolean | string> {
	return (typeof json === 'string' ? JSON.parse(json) : json) as Record<string, number | boolean | string>;
}
