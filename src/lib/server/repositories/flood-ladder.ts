// The response ladder as a bureau has it: its own set, or the shipped templates until it has one.

import { randomUUID } from 'node:crypto';
import { LADDER_TEMPLATE } from '#db/rules/flood-ladder.ts';
import type { LadderLine, Measure, Trigger, Work } from '#lib/domain/flood/ladder.ts';
import type { Db } from '../db/connection.ts';

/** The set of a bureau, in order; empty while it has none. */
export async function ladderOf(db: Db, bureau: string): Promise<LadderLine[]> {
	const rows = await db
		.selectFrom('flood_ladder_line')
		.selectAll()
		.where('bureau', '=', bureau)
		.orderBy('position')
		.orderBy('id')
		.execute();
	return rows.map(lineOf);
}

export function lineOf(row: {
	id: string;
	trigger: string;
	from_level: string;
	work: string;
	measure: string;
	every_hours: number | null;
	answer_minutes: number | null;
	note: string;
	basis: string;
	source: string;
	confidence: LadderLine['confidence'];
	is_template: boolean;
	is_on: boolean;
}): LadderLine {
	return {
		id: row.id,
		trigger: row.trigger as Trigger,
		fromLevel: row.from_level as LadderLine['fromLevel'],
		work: row.work as Work,
		measure: row.measure as Measure,
		everyHours: row.every_hours,
		answerMinutes: row.answer_minutes,
		note: row.note,
		basis: row.basis,
		source: row.source,
		confidence: row.confidence,
		isTemplate: row.is_template,
		isOn: row.is_on,
	};
}

/** Gives a bureau without a ladder the shipped lines, each marked as a template. */
export async function seedLadder(tx: Db, bureau: string): Promise<LadderLine[]> {
	const rows = LADDER_TEMPLATE.map((line, position) => ({
		id: randomUUID(),
		bureau,
		position,
		trigger: line.trigger,
		from_level: line.fromLevel,
		work: line.work,
		measure: line.measure,
		every_hours: line.everyHours,
		answer_minutes: line.answerMinutes ?? null,
		note: line.note,
		basis: line.basis,
		source: line.source,
		confidence: line.confidence,
		is_template: true,
		is_on: true,
	}));
	await tx.insertInto('flood_ladder_line').values(rows).execute();
	return ladderOf(tx, bureau);
}

/** The bureau's set; without one the templates as they would be given to it. */
export async function ladderOrTemplate(db: Db, bureau: string): Promise<LadderLine[]> {
	const own = await ladderOf(db, bureau);
	if (own.length > 0) return own;
	return LADDER_TEMPLATE.map((line, i) => ({
		answerMinutes: null,
		...line,
		id: `template-${i}`,
		isTemplate: true,
		isOn: true,
	}));
}

export interface LadderChange {
	seq: string;
	lineId: string;
	at: string;
	by: string;
	before: unknown;
	after: unknown;
}

/** Who changed which line when, newest first. @param subject - of the revisions */
export async function ladderHistory(db: Db, subject: string, bureau: string): Promise<LadderChange[]> {
	const rows = await db
		.selectFrom('revision')
		.select(['seq', 'subject_id', 'recorded_at', 'recorded_by', 'before', 'after'])
		.where('subject', '=', subject)
		.orderBy('seq', 'desc')
		.limit(100)
		.execute();
	return rows
		.filter(({ after }) => (after as { bureau?: string } | null)?.bureau === bureau)
		.map((row) => ({
			seq: row.seq,
			lineId: row.subject_id,
			at: row.recorded_at.toISOString(),
			by: row.recorded_by,
			before: row.before,
			after: row.after,
		}));
}
