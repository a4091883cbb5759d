// The history of an object as people read it: fields by their names, ids as what they stand for, and what may be undone.

import type { EditKind, History, HistoryEntry } from '#lib/contract/register.ts';
import { authorize, scopeOf } from '#lib/domain/access/authorize.ts';
import type { Principal } from '#lib/domain/access/principal.ts';
import { describeRevision, type RowImage } from '#lib/domain/register/describe-revision.ts';
import { isOwn, isTimely } from '../commands/undo-import.ts';
import type { Db } from '../db/connection.ts';
import { namesOf, originOf, revisionsOf, type Revision } from '../repositories/history.ts';

/** @returns undefined when there is no such object, or none in scope */
export async function readHistory(
	db: Db,
	principal: Principal,
	kind: EditKind,
	id: string,
	now: Date,
): Promise<History | undefined> {
	const scope = scopeOf(principal);
	const origin = await originOf(db, scope, kind, id);
	if (!origin) return undefined;
	const revisions = await revisionsOf(db, scope, kind, id);
	const names = await namesOf(db, scope, [...new Set(revisions.flatMap(idsIn))]);
	return {
		entries: revisions.map((revision) => entryOf(revision, names, principal, now)),
		knownSince: revisions.length === 0 ? { at: origin.at.toISOString(), source: origin.name } : null,
	};
}

function entryOf(
	{ seq, at, by, subject, before, after, source }: Revision,
	names: ReadonlyMap<string, string>,
	principal: Principal,
	now: Date,
): HistoryEntry {
	return {
		...{ seq, at: at.toISOString(), by: names.get(by) ?? by, subject },
		change: before === null ? 'added' : after === null ? 'removed' : 'changed',
		changes: describeRevision(subject, before, after, (one) => names.get(one)),
		source: source && {
			...{ id: source.id, kind: source.kind, name: source.name },
			undoneAt: source.undoneAt?.toISOString() ?? null,
		},
		canUndo: source !== null && mayUndo(source, principal, now),
	};
}

function mayUndo(source: NonNullable<Revision['source']>, principal: Principal, now: Date): boolean {
	if (source.kind !== 'hand' || source.undoneAt || !isTimely({ createdAt: source.at }, now)) return false;
	return (
		isOwn(principal, { kind: source.kind, createdBy: source.by }) ||
		authorize(principal, 'import:undo', { townCode: null }).ok
	);
}

function idsIn({ before, after, by }: Revision): string[] {
	const inside = (image: RowImage | null) =>
		Object.entries(image ?? {}).flatMap(([column, value]) =>
			column.endsWith('_id') && typeof value === 'string' ? [value] : [],
		);
	return [by, ...inside(before), ...inside(after)];
}
