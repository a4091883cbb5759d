// What was changed in officers, experts, cars and places, by whom, and whether it can still be taken back.

import { sql } from 'kysely';
import type { StaffChange, StaffKind, StaffValues } from '#lib/contract/staff.ts';
import type { Db } from '../db/connection.ts';

const SUBJECTS: Record<StaffKind, string> = {
	officer: 'staff_officer',
	expert: 'staff_expert',
	vehicle: 'staff_vehicle',
	base: 'staff_base',
};
const KINDS = new Map(Object.entries(SUBJECTS).map(([kind, subject]) => [subject, kind as StaffKind]));

/** A state and, of a place to start from, who was the default before. */
export interface StaffState {
	values: StaffValues;
	defaultWas?: string;
}

export interface StaffRevision {
	seq: string;
	kind: StaffKind;
	id: string;
	before: StaffState | null;
	after: StaffState | null;
	at: Date;
	by: string;
	/** The change that this one took back. */
	undoes: string | null;
}

export async function recordStaff(
	tx: Db,
	{ kind, id, before, after, at, by, undoes }: Omit<StaffRevision, 'seq'>,
	sourceId: string,
): Promise<string> {
	const { seq } = await tx
		.insertInto('revision')
		.values({
			subject: SUBJECTS[kind],
			subject_id: id,
			...{ valid_from: at, recorded_at: at, source_id: sourceId },
			recorded_by: undoes ? `${by} (undo ${undoes})` : by,
			before: before && JSON.stringify(before),
			after: after && JSON.stringify(after),
		})
		.returning('seq')
		.executeTakeFirstOrThrow();
	return seq;
}

/** Newest first. */
export async function staffRevisions(db: Db, limit: number): Promise<StaffRevision[]> {
	const rows = await db
		.selectFrom('revision')
		.leftJoin('person', (join) =>
			join.on(sql<boolean>`split_part(revision.recorded_by, ' ', 1) = 'person:' || person.id::text`),
		)
		.selectAll('revision')
		.select('person.name as person')
		.where('subject', 'in', Object.values(SUBJECTS))
		.orderBy('seq', 'desc')
		.limit(limit)
		.execute();
	return rows.map((row) => {
		const [, by, undoes] = /^(.*?)(?: \(undo (\d+)\))?$/.exec(row.recorded_by)!;
		return {
			...{ seq: row.seq, kind: KINDS.get(row.subject)!, id: row.subject_id, at: row.recorded_at },
			...{ before: row.before as StaffState | null, after: row.after as StaffState | null },
			...{ by: row.person ?? by!, undoes: undoes ?? null },
		};
	});
}

/** Of every object only its newest change can be taken back, and an undo is not undone: it is done again by hand. */
export function changesOf(revisions: readonly StaffRevision[]): StaffChange[] {
	const seen = new Set<string>();
	return revisions.map(({ seq, kind, id, before, after, at, by, undoes }) => {
		const isNewest = !seen.has(id);
		seen.add(id);
		return {
			...{ seq, kind, id, by, at: at.toISOString(), name: (after ?? before)!.values.name },
			change: !before ? 'added' : !after ? 'removed' : 'changed',
			canUndo: isNewest && undoes === null,
		};
	});
}
