// Takes an import back while nothing has been built upon it: within a day, and only if none of its rows has changed since.

import type { EventMessage } from '#lib/contract/events.ts';
import type { UndoResult } from '#lib/contract/import.ts';
import { importRules } from '#db/rules/import.ts';
import { audit } from '../audit/audit.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { appendEvents } from '../events/log.ts';
import { requireImport, signatureOf, type ImportCaller } from '../import/caller.ts';
import {
	changedSince,
	partsOf,
	recordUndo,
	removeAdded,
	restoreChanged,
	type Part,
} from '../repositories/import-undo.ts';
import { changesOfSource, type SourceChange } from '../repositories/revision.ts';
import { markUndone, sourceById, type Source } from '../repositories/source.ts';

/** @throws Fault when the caller may not, the time has passed, or later changes stand upon the import */
export async function undoImport(
	db: Db,
	caller: ImportCaller,
	sourceId: string,
	options: { announce?: (events: EventMessage[]) => void } = {},
): Promise<UndoResult> {
	requireImport(caller, 'import:undo');
	const { result, events } = await undone(db, caller, sourceId);
	options.announce?.(events);
	return result;
}

async function undone(
	db: Db,
	caller: ImportCaller,
	sourceId: string,
): Promise<{ result: UndoResult; events: EventMessage[] }> {
	const signed = signatureOf(caller);
	try {
		return await transaction(db, async (tx) => {
			const source = await sourceById(tx, sourceId, true);
			if (!source) throw new Fault('not-found', sourceId, '没有这次导入 · There is no such import.');
			refuseUnlessTimely(source, caller.now);
			const changes = await changesOfSource(tx, sourceId);
			const parts = await partsOf(tx, sourceId);
			await refuseIfBuiltUpon(tx, source, changes, parts);

			const result: UndoResult = { sourceId, removed: 0, restored: 0 };
			for (const { subject } of changes) {
				for (const part of parts) result.removed += await removeAdded(tx, subject, part);
				for (const part of parts) result.restored += await restoreChanged(tx, subject, part);
			}
			await recordUndo(tx, sourceId, caller.now, signed.actor);
			await markUndone(tx, sourceId, caller.now);
			const events = await appendEvents(tx, [
				{ at: caller.now, type: 'import:undone', subject: { kind: 'source', id: sourceId }, data: { sourceId } },
			]);
			await audit(tx, {
				...signed,
				action: 'import:undo',
				object: source.name,
				detail: { ...result },
				outcome: 'done',
			});
			return { result, events };
		});
	} catch (error) {
		if ((error as { code?: string }).code !== '23503') throw error;
		throw new Fault(
			'conflict',
			sourceId,
			'不能撤销：已有其他记录（巡查、设备、隐患等）引用了这次导入的对象 · It cannot be undone: visits, devices, hazards or other records refer to what it added.',
			{ cause: error },
		);
	}
}

function refuseUnlessTimely(source: Source, now: Date): void {
	const refuse = (zh: string, en: string) => new Fault('conflict', source.name, `${zh} · ${en}`);
	if (source.kind !== 'import') throw refuse('只有文件导入可以撤销', 'Only an import of a file can be undone.');
	if (source.undoneAt) throw refuse('这次导入已经撤销过了', 'This import has been undone already.');
	if (!isTimely(source, now)) {
		const hours = importRules.undoWithin.value;
		throw refuse(`导入已超过 ${hours} 小时，不能撤销`, `The import is older than ${hours} hours and cannot be undone.`);
	}
}

export function isTimely({ createdAt }: Pick<Source, 'createdAt'>, now: Date): boolean {
	return now.getTime() - createdAt.getTime() <= importRules.undoWithin.value * 3600 * 1000;
}

async function refuseIfBuiltUpon(
	tx: Db,
	source: Source,
	changes: readonly SourceChange[],
	parts: readonly Part[],
): Promise<void> {
	for (const { subject } of changes) {
		let count = 0;
		let example: string | null = null;
		for (const part of parts) {
			const found = await changedSince(tx, subject, part);
			count += found.count;
			example ??= found.example;
		}
		if (count === 0) continue;
		throw new Fault(
			'conflict',
			source.name,
			`不能撤销：${count} 个对象之后又有改动 · It cannot be undone: ${count} of its rows have changed since.`,
			{ details: [{ subject, count, example }] },
		);
	}
}
