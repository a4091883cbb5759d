// Takes an import or a change by hand back while nothing has been built upon it: within a day, and only if none of its
// rows has changed since.

import type { EventMessage } from '#lib/contract/events.ts';
import type { UndoResult } from '#lib/contract/import.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { nameOf, type Principal } from '#lib/domain/access/principal.ts';
import { importRules } from '#db/rules/import.ts';
import { audit } from '../audit/audit.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { Fault } from '../errors.ts';
import { appendEvents } from '../events/log.ts';
import { requireImport, signatureOf, type ImportCaller } from '../import/caller.ts';
import {
	bringBackRemoved,
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
			if (!source) throw new Fault('not-found', sourceId, '没有这次改动 · There is no such change.');
			requireUndo(caller, source);
			refuseUnlessTimely(source, caller.now);
			const changes = await changesOfSource(tx, sourceId);
			const parts = await partsOf(tx, sourceId);
			await refuseIfBuiltUpon(tx, source, changes, parts);

			const result: UndoResult = { sourceId, removed: 0, restored: 0 };
			for (const { subject } of changes.toReversed())
				for (const part of parts) result.restored += await bringBackRemoved(tx, subject, part);
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
			'不能撤销：已有其他记录（巡查、设备、隐患等）引用了这次加入的对象 · It cannot be undone: visits, devices, hazards or other records refer to what it added.',
			{ cause: error },
		);
	}
}

/** Everybody may take back the own change by hand; any other undoing takes the right to undo imports. */
function requireUndo(caller: ImportCaller, source: Source): void {
	if (!('operator' in caller) && isOwn(caller.principal, source)) return;
	requireImport(caller, 'import:undo');
}

export function isOwn(principal: Principal, { kind, createdBy }: Pick<Source, 'kind' | 'createdBy'>): boolean {
	return kind === 'hand' && createdBy === nameOf(principal) && authorize(principal, 'register:edit').ok;
}

function refuseUnlessTimely(source: Source, now: Date): void {
	const refuse = (zh: string, en: string) => new Fault('conflict', source.name, `${zh} · ${en}`);
	if (source.kind !== 'import' && source.kind !== 'hand')
		throw refuse('只有导入和手工修改可以撤销', 'Only imports and changes by hand can be undone.');
	if (source.undoneAt) throw refuse('已经撤销过了', 'It has been undone already.');
	if (!isTimely(source, now)) {
		const hours = importRules.undoWithin.value;
		throw refuse(`已超过 ${hours} 小时，不能撤销`, `It is older than ${hours} hours and cannot be undone.`);
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
