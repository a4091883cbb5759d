// Where rows come from: demonstration, files that were brought in, hands, other systems.

import type { Db } from '../db/connection.ts';

export interface Source {
	id: string;
	kind: 'demo' | 'import' | 'hand' | 'upstream';
	subject: string;
	name: string;
	datum: string | null;
	createdAt: Date;
	createdBy: string;
	undoneAt: Date | null;
	summary: { added?: number; changed?: number; closed?: number };
}

export interface NewSource {
	id: string;
	kind: Source['kind'];
	subject: string;
	name: string;
	fileSha256: string | null;
	datum: string | null;
	at: Date;
	by: string;
	summary: Record<string, number>;
}

export async function addSource(db: Db, source: NewSource): Promise<void> {
	await db
		.insertInto('source')
		.values({
			id: source.id,
			kind: source.kind,
			subject: source.subject,
			name: source.name,
			file_sha256: source.fileSha256,
			datum: source.datum,
			created_at: source.at,
			created_by: source.by,
			summary: JSON.stringify(source.summary),
		})
		.execute();
}

/**
 * What people and other systems brought in, newest first. The demonstration is not an import, and neither is what teams
 * record on patrol: a plan has its own way back.
 */
export async function sources(db: Db, limit: number): Promise<Source[]> {
	const rows = await db
		.selectFrom('source')
		.selectAll()
		.where('kind', '!=', 'demo')
		.where(({ not, exists, selectFrom }) =>
			not(exists(selectFrom('patrol_plan').select('id').whereRef('patrol_plan.source_id', '=', 'source.id'))),
		)
		.orderBy('created_at', 'desc')
		.orderBy('id')
		.limit(limit)
		.execute();
	return rows.map(sourceOf);
}

/** @param lock - keeps others from undoing it at the same time, until the transaction ends */
export async function sourceById(db: Db, id: string, lock = false): Promise<Source | undefined> {
	const row = await db
		.selectFrom('source')
		.selectAll()
		.where('id', '=', id)
		.$if(lock, (query) => query.forUpdate())
		.executeTakeFirst();
	return row && sourceOf(row);
}

export async function markUndone(db: Db, id: string, at: Date): Promise<void> {
	await db.updateTable('source').set({ undone_at: at }).where('id', '=', id).execute();
}

function sourceOf(row: {
	id: string;
	kind: Source['kind'];
	subject: string;
	name: string;
	datum: string | null;
	created_at: Date;
	created_by: string;
	undone_at: Date | null;
	summary: unknown;
}): Source {
	return {
		id: row.id,
		kind: row.kind,
		subject: row.subject,
		name: row.name,
		datum: row.datum,
		createdAt: row.created_at,
		createdBy: row.created_by,
		undoneAt: row.undone_at,
		summary: row.summary as Source['summary'],
	};
}
