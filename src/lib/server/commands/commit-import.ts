// Takes a draft into the register: all of it or nothing, in one transaction, with the history of every row.

import { randomUUID } from 'node:crypto';
import type { EventMessage } from '#lib/contract/events.ts';
import type { ImportDraft, ImportResult } from '#lib/contract/import.ts';
import type { ImportKind } from '#lib/domain/import/field.ts';
import { audit } from '../audit/audit.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { appendEvents } from '../events/log.ts';
import { requireImport, signatureOf, type ImportCaller } from '../import/caller.ts';
import { applyBatch, finishImport, movedOn } from '../repositories/import-apply.ts';
import { deleteDraft, draftById, draftRowCount } from '../repositories/import-draft.ts';
import { rememberMapping } from '../repositories/import-mapping.ts';
import { countRevisions } from '../repositories/revision.ts';
import { addSource } from '../repositories/source.ts';

/** Rows per statement: each stays far below the deadline of a statement, on the embedded database too. */
const BATCH = 2_000;

export interface CommitOptions {
	/** Codes of problems a person has confirmed. */
	confirm?: readonly string[];
	/** Told of the events once they are stored. */
	announce?: (events: EventMessage[]) => void;
	/** Told how far it is: rows written of all. */
	progress?: (done: number, of: number) => void;
}

/** @throws Fault when the caller may not, something blocks or is not confirmed, or the register has moved on since */
export async function commitImport(
	db: Db,
	caller: ImportCaller,
	draftId: string,
	options: CommitOptions = {},
): Promise<ImportResult> {
	requireImport(caller, 'import:commit');
	const { result, events } = await committed(db, caller, draftId, options);
	if (events.length > 0) options.announce?.(events);
	return result;
}

async function committed(
	db: Db,
	caller: ImportCaller,
	draftId: string,
	options: CommitOptions,
): Promise<{ result: ImportResult; events: EventMessage[] }> {
	const signed = signatureOf(caller);
	try {
		return await transaction(db, async (tx) => {
			const draft = await draftById<ImportDraft>(tx, draftId, true);
			if (!draft?.summary)
				throw new Fault(
					'not-found',
					draftId,
					'没有这份导入草稿，或已导入、已过期 · There is no such draft: it was committed, or has expired.',
				);
			const { summary } = draft;
			refuseUnlessReady(summary, options.confirm ?? []);

			const { added, changed, closed, unchanged, bad } = summary.counts;
			const sourceId = randomUUID();
			const result: ImportResult = { sourceId, added, changed, closed, unchanged, skipped: bad };
			await rememberMapping(
				tx,
				draft.subject,
				draft.headerSha256,
				{ mapping: draft.mapping, datum: draft.datum },
				caller.now,
			);
			const rows = await draftRowCount(tx, draftId);
			const entry = { ...signed, action: 'import:commit' as const, object: draft.fileName, outcome: 'done' as const };
			if (rows === 0) {
				await deleteDraft(tx, draftId);
				await audit(tx, { ...entry, detail: { kind: draft.subject, sha256: draft.fileSha256, unchanged } });
				return { result: { ...result, sourceId: null }, events: [] };
			}

			await addSource(tx, {
				id: sourceId,
				kind: 'import',
				subject: draft.subject,
				name: draft.fileName,
				fileSha256: draft.fileSha256,
				datum: draft.datum,
				at: caller.now,
				by: signed.actor,
				summary: { added, changed, closed, unchanged, skipped: bad },
			});
			const recording = { at: caller.now, by: signed.actor, sourceId };
			await write(tx, draft.subject as ImportKind, draftId, rows, recording, options.progress);
			await deleteDraft(tx, draftId);
			const events = await appendEvents(tx, [
				{
					at: caller.now,
					type: 'import:committed',
					subject: { kind: 'source', id: sourceId },
					data: { sourceId, kind: draft.subject, added, changed, closed },
				},
			]);
			await audit(tx, {
				...entry,
				detail: {
					kind: draft.subject,
					sourceId,
					sha256: draft.fileSha256,
					datum: draft.datum,
					confirmed: options.confirm ?? [],
					...summary.counts,
				},
			});
			return { result, events };
		});
	} catch (error) {
		throw (error as { code?: string }).code === '23505' ? movedOnFault(draftId, error) : error;
	}
}

async function write(
	tx: Db,
	kind: ImportKind,
	draftId: string,
	rows: number,
	recording: { at: Date; by: string; sourceId: string },
	progress: CommitOptions['progress'],
): Promise<void> {
	for (let from = 1; from <= rows; from += BATCH) {
		const batch = { draftId, from, to: from + BATCH - 1, recording };
		if ((await movedOn(tx, kind, batch)) > 0) throw movedOnFault(draftId);
		await applyBatch(tx, kind, batch);
		if (rows > BATCH && isPowerOfTwo((from - 1) / BATCH + 1)) await countRevisions(tx);
		progress?.(Math.min(from + BATCH - 1, rows), rows);
	}
	await finishImport(tx, kind, recording);
}

const isPowerOfTwo = (n: number): boolean => Number.isInteger(Math.log2(n));

function refuseUnlessReady({ problems, needs, fileName }: ImportDraft, confirm: readonly string[]): void {
	const details = problems.filter(
		({ weight, code }) => weight === 'blocks' || (weight === 'confirm' && !confirm.includes(code)),
	);
	const blocking = details.filter(({ weight }) => weight === 'blocks');
	const open = blocking.length > 0 ? blocking : details;
	if (open.length === 0) return;
	const zh = open.map(({ message }) => message.zh).join('');
	const en = open.map(({ message }) => message.en).join(' ');
	const how = blocking.length > 0 ? '' : ` (${needs.filter((code) => !confirm.includes(code)).join(', ')})`;
	throw new Fault(
		'bad-input',
		fileName,
		`${blocking.length > 0 ? '不能导入' : '需要确认后才能导入'}：${zh} · ${blocking.length > 0 ? 'Not imported' : 'To be confirmed first'}${how}: ${en}`,
		{ details },
	);
}

function movedOnFault(draftId: string, cause?: unknown): Fault {
	return new Fault(
		'conflict',
		draftId,
		'登记数据在预览之后有变动，请重新预览 · The register has changed since the draft was made. Draft it again.',
		{ cause },
	);
}
