// What became of an alarm, step by step, in words. Danger is only asked to be shelved: what is called shelving of a lighter
// alarm is asking, agreeing, refusing and running out there.

import type { AlarmCard } from '#lib/contract/alarm-card.ts';
import { m } from '../words/generated/messages.js';
import { moveWord } from './alarm-words.ts';

type Step = Pick<AlarmCard['steps'][number], 'move' | 'by' | 'level'>;

export function stepWord(steps: readonly Step[], at: number): string {
	const { move, by } = steps[at]!;
	const before = steps.slice(0, at);
	const wasDanger = before.some(({ level }) => level === 'danger');
	if (!wasDanger) return moveWord(move);
	if (move === 'shelve') return m.shelf_ask();
	const shelf = before.findLast((step) => step.move === 'shelve' || step.move === 'confirmShelf');
	if (shelf?.move !== 'shelve') return moveWord(move);
	if (move === 'shelfExpired') return m.shelf_askExpired();
	if (move === 'unshelve') return by === shelf.by ? m.shelf_withdraw() : m.shelf_refuse();
	return moveWord(move);
}
