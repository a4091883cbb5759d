// Drafts of imports: the file in pieces, what it would change row by row, and the summary a person looks at.

import { sql } from 'kysely';
import type { Db } from '../db/connection.ts';

export interface Draft<Summary = unknown> {
	id: string;
	subject: string;
	fileName: string;
	fileSha256: string;
	headerSha256: string;
	datum: string | null;
	isWhole: boolean;
	mapping: Record<string, string | null>;
	/** Null while the draft is being made. */
	summary: Summary | null;
	createdAt: Date;
	createdBy: string;
}

/** A piece small enough to be sent without holding up the program. */
const PIECE_BYTES = 1024 * 1024;

export async function addDraft(db: Db, draft: Omit<Draft, 'summary'>, file: Uint8Array): Promise<void> {
	await db
		.insertInto('import_draft')
		.values({
			id: draft.id,
			subject: draft.subject,
			file_name: draft.fileName,
			file_sha256: draft.fileSha256,
			header_sha256: draft.headerSha256,
			datum: draft.datum,
			is_whole: draft.isWhole,
			mapping: JSON.stringify(draft.mapping),
			summary: 'null',
			created_at: draft.createdAt,
			created_by: draft.createdBy,
		})
		.execute();
	for (let part = 0; part * PIECE_BYTES < file.length; part++) {
		const bytes = Buffer.from(file.subarray(part * PIECE_BYTES, (part + 1) * PIECE_BYTES));
		await db.insertInto('import_draft_part').values({ draft_id: draft.id, part, bytes }).execute();
	}
}

export async function draftFile(db: Db, id: string): Promise<Uint8Array> {
	const pieces: Buffer[] = [];
	for (let part = 0; ; part++) {
		const row = await db
			.selectFrom('import_draft_part')
			.select('bytes')
			.where('draft_id', '=', id)
			.where('part', '=', part)
			.executeTakeFirst();
		if (!row) return Uint8Array.from(Buffer.concat(pieces));
		pieces.push(row.bytes);
	}
}

/** Empties a draft for being made again with another reading of its file. */
export async function clearDraft(
	db: Db,
	id: string,
	reading: Pick<Draft, 'headerSha256' | 'mapping' | 'datum' | 'isWhole'>,
): Promise<void> {
	await db
		.updateTable('import_draft')
		.set({
			header_sha256: reading.headerSha256,
			mapping: JSON.stringify(reading.mapping),
			datum: reading.datum,
			is_whole: reading.isWhole,
			summary: 'null',
		})
		.where('id', '=', id)
		.execute();
	await db.deleteFrom('import_draft_row').where('draft_id', '=', id).execute();
}

/** @param json - array of `{ no, row, change, subject_id, md5, value }`, stored as it is */
export async function addDraftRows(db: Db, id: string, json: string): Promise<void> {
	await sql`
		insert into import_draft_row (draft_id, no, row, change, subject_id, md5, value)
		select ${id}::uuid, no, row, change, subject_id, md5, value
		from jsonb_to_recordset(${json}::jsonb)
			as r(no integer, row integer, change text, subject_id text, md5 text, value jsonb)`.execute(db);
}

export async function finishDraft(db: Db, id: string, summaryJson: string): Promise<void> {
	await db.updateTable('import_draft').set({ summary: summaryJson }).where('id', '=', id).execute();
	// Or the commit would take the rows just written for none, and plan accordingly.
	await sql`select refresh_statistics('import_draft_row')`.execute(db);
}

/** @param lock - keeps others from committing it at the same time, until the transaction ends */
export async function draftById<Summary>(db: Db, id: string, lock = false): Promise<Draft<Summary> | undefined> {
	const row = await db
		.selectFrom('import_draft')
		.selectAll()
		.where('id', '=', id)
		.$if(lock, (query) => query.forUpdate())
		.executeTakeFirst();
	return (
		row && {
			id: row.id,
			subject: row.subject,
			fileName: row.file_name,
			fileSha256: row.file_sha256,
			headerSha256: row.header_sha256,
			datum: row.datum,
			isWhole: row.is_whole,
			mapping: row.mapping as Record<string, string | null>,
			summary: row.summary as Summary | null,
			createdAt: row.created_at,
			createdBy: row.created_by,
		}
	);
}

export async function deleteDraft(db: Db, id: string): Promise<void> {
	await db.deleteFrom('import_draft').where('id', '=', id).execute();
}

/** Drafts nobody committed, and what a reader that was cut off has left. */
export async function deleteDraftsBefore(db: Db, before: Date): Promise<void> {
	await db.deleteFrom('import_draft').where('created_at', '<', before).execute();
}

export async function draftRowCount(db: Db, id: string): Promise<number> {
	const { count } = await db
		.selectFrom('import_draft_row')
		.select((row) => row.fn.countAll<string>().as('count'))
		.where('draft_id', '=', id)
		.executeTakeFirstOrThrow();
	return Number(count);
}
