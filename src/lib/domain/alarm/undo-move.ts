// Taking back a person's last move on an alarm.

import type { Life, LifeRules, Who } from './life.ts';

/** The part of a life that people decide; what is put back when a move is taken back. */
export type Human = Pick<
	Life,
	'handling' | 'acknowledgedLevel' | 'acknowledgedBy' | 'assignee' | 'promisedMs' | 'verifiedBy' | 'shelf'
>;

export function humanOf(life: Life): Human {
	const { handling, acknowledgedLevel, acknowledgedBy, assignee, promisedMs, verifiedBy, shelf } = life;
	return { handling, acknowledgedLevel, acknowledgedBy, assignee, promisedMs, verifiedBy, shelf };
}

/** The last thing that became of an alarm, as its history holds it. */
export interface LastStep {
	/** A person's move, or what happened. */
	move: string;
	byId: string | null;
	atMs: number;
	/** What it was before, for a person's move that can be taken back. */
	before: Human | null;
}

export type UndoRefusal = 'closed' | 'nothing-to-undo' | 'not-yours' | 'too-late';

/**
 * Takes back a person's last move: only their own, only while nothing has happened to the alarm since, and not for
 * long. A closed alarm stays closed.
 */
export function undo(
	life: Life,
	last: LastStep | undefined,
	by: Who,
	atMs: number,
	rules: LifeRules,
): { ok: true; life: Life } | { ok: false; reason: UndoRefusal } {
	if (life.handling === 'closed') return { ok: false, reason: 'closed' };
	if (!last?.before || last.byId === null) return { ok: false, reason: 'nothing-to-undo' };
	if (last.byId !== by.id) return { ok: false, reason: 'not-yours' };
	if (atMs - last.atMs > rules.undoWithin.value * 60_000) return { ok: false, reason: 'too-late' };
	// A shelf that would have run out meanwhile does not come back.
	const shelf = last.before.shelf && last.before.shelf.untilMs > atMs ? last.before.shelf : null;
	return { ok: true, life: { ...life, ...last.before, shelf } };
}
