// The response ladder is edited: a line added, changed, taken out, or put back as it was. Every change keeps the line
// before and after, so that any of them can be undone.

import { randomUUID } from 'node:crypto';
import type { LadderEdit } from '#lib/contract/flood-entry.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { nameOf } from '#lib/domain/access/principal.ts';
import { levelsOf } from '#lib/domain/flood/ladder.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents } from '../events/log.ts';
import { ladderOf, seedLadder } from '../repositories/flood-ladder.ts';

export type EditLadder =
	| { ok: true; lineId: string; events: EventMessage[] }
	| { ok: false; reason: 'forbidden' | 'not-found' | 'level' | 'hours' | 'nothing-to-undo' };

type Change =
	{ do: 'put'; lineId: string | null; line: LadderEdit } | { do: 'remove'; lineId: string } | { do: 'undo' };

/** @param change - `undo` takes back the newest change that has not been taken back */
export async function editLadder(db: Db, caller: Caller, bureau: string, change: Change): Promise<EditLadder> {
	const { principal, now } = caller;
	if (!authorize(principal, 'flood:rule').ok) return { ok: false, reason: 'forbidden' };
	if (change.do === 'put') {
		if (!levelsOf(change.line.trigger).includes(change.line.fromLevel)) return { ok: false, reason: 'level' };
		if (change.line.measure === 'checkEvery' && change.line.everyHours === null) return { ok: false, reason: 'hours' };
	}
	return transaction(db, async (tx): Promise<EditLadder> => {
		if ((await ladderOf(tx, bureau)).length === 0) await seedLadder(tx, bureau);
		const by = nameOf(principal);
		const write = change.do === 'undo' ? await undoOf(tx, bureau) : await writeOf(tx, bureau, change);
		if (!write) return { ok: false, reason: change.do === 'undo' ? 'nothing-to-undo' : 'not-found' };
		const { lineId, before, after } = write;
		if (after)
			await tx
				.insertInto('flood_ladder_line')
				.values({ ...after, id: lineId, bureau, changed_at: now, changed_by: by })
				.onConflict((conflict) => conflict.column('id').doUpdateSet({ ...after, changed_at: now, changed_by: by }))
				.execute();
		else await tx.deleteFrom('flood_ladder_line').where('id', '=', lineId).execute();
		await tx
			.insertInto('revision')
			.values({
				subject: SUBJECT,
				subject_id: lineId,
				valid_from: now,
				recorded_at: now,
				recorded_by: change.do === 'undo' ? `${by} (undo ${write.undoes})` : by,
				source_id: null,
				before: before && JSON.stringify({ bureau, ...before }),
				after: JSON.stringify(after ? { bureau, ...after } : { bureau, gone: true }),
			})
			.execute();
		const events = await appendEvents(tx, [
			{
				at: now,
				type: 'flood:ladder',
				subject: { kind: 'ladderLine', id: lineId },
				data: { lineId, change: change.do },
			},
		]);
		await audit(tx, {
			...signedBy(caller),
			action: 'flood:rule',
			object: `ladder line ${lineId}`,
			detail: { change: change.do, before, after },
			outcome: 'done',
		});
		return { ok: true, lineId, events };
	});
}

export const SUBJECT = 'flood_ladder_line';

interface Write {
	lineId: string;
	before: Stored | null;
	after: Stored | null;
	undoes?: string;
}
type Stored = NonNullable<Awaited<ReturnType<typeof storedLine>>>;

async function writeOf(tx: Db, bureau: string, change: Exclude<Change, { do: 'undo' }>): Promise<Write | undefined> {
	const before = change.lineId ? await storedLine(tx, bureau, change.lineId) : null;
	if (change.lineId && !before) return undefined;
	if (change.do === 'remove') return { lineId: change.lineId, before: before ?? null, after: null };
	const { line } = change;
	const last = await tx
		.selectFrom('flood_ladder_line')
		.select((eb) => eb.fn.max('position').as('position'))
		.where('bureau', '=', bureau)
		.executeTakeFirst();
	return {
		lineId: change.lineId ?? randomUUID(),
		before: before ?? null,
		after: {
			position: before?.position ?? (last?.position ?? 0) + 1,
			trigger: line.trigger,
			from_level: line.fromLevel,
			work: line.work,
			measure: line.measure,
			every_hours: line.everyHours,
			answer_minutes: line.answerMinutes,
			note: line.note,
			basis: line.basis,
			source: line.source,
			// Whoever edits a line makes it the bureau's own.
			confidence: 'local',
			is_template: false,
			is_on: line.isOn,
		},
	};
}

async function undoOf(tx: Db, bureau: string): Promise<Write | undefined> {
	const rows = await tx
		.selectFrom('revision')
		.select(['seq', 'subject_id', 'before', 'after', 'recorded_by'])
		.where('subject', '=', SUBJECT)
		.orderBy('seq', 'desc')
		.limit(500)
		.execute();
	const undone = new Set(rows.flatMap(({ recorded_by }) => /\(undo (\d+)\)$/.exec(recorded_by)?.[1] ?? []));
	const last = rows.find(
		({ seq, recorded_by, after }) =>
			!undone.has(seq) && !/\(undo \d+\)$/.test(recorded_by) && (after as { bureau?: string }).bureau === bureau,
	);
	if (!last) return undefined;
	const { bureau: _, ...before } = (last.before ?? {}) as Stored & { bureau?: string };
	return {
		lineId: last.subject_id,
		before: (await storedLine(tx, bureau, last.subject_id)) ?? null,
		after: last.before ? before : null,
		undoes: last.seq,
	};
}

async function storedLine(tx: Db, bureau: string, id: string) {
	return tx
		.selectFrom('flood_ladder_line')
		.select(['position', 'trigger', 'from_level', 'work', 'measure', 'every_hours', 'answer_minutes'])
		.select(['note', 'basis', 'source', 'confidence', 'is_template', 'is_on'])
		.where('id', '=', id)
		.where('bureau', '=', bureau)
		.executeTakeFirst();
}
