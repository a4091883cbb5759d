// What the sheets of sites, machines and pits have in common.

import type { SourceNote } from '#lib/contract/dossier.ts';
import { maskedContact, maskedName, maskedNumber } from '#lib/domain/access/masked.ts';
import type { Scope } from '#lib/domain/access/scope.ts';

/** Names and numbers of people are a class of their own; who does not see it gets them masked. */
export function seesPeople(scope: Scope): boolean {
	return scope.kind === 'system' || scope.layers.includes('personal');
}

const AS_IT_IS = <T>(value: T): T => value;

/** How the people of a row are shown in a scope. */
export function peopleIn(scope: Scope) {
	if (seesPeople(scope)) return { name: AS_IT_IS, number: AS_IT_IS, contact: AS_IT_IS };
	return { name: maskedName, number: maskedNumber, contact: maskedContact };
}

export function sourceNote(kind: SourceNote['kind'], name: string, recordedAt: Date): SourceNote {
	return { kind, name, recordedAt: recordedAt.toISOString() };
}

/** JSON arrives as text or parsed, depending on the driver. */
export function valuesOf(json: unknown): Record<string, number | boolean | string> {
	return (typeof json === 'string' ? JSON.parse(json) : json) as Record<string, number | boolean | string>;
}
