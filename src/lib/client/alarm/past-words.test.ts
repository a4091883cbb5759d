import { expect, test } from 'vitest';
import { m } from '../words/generated/messages.js';
import { stepWord } from './past-words.ts';

const raised = (level: 'warning' | 'danger') => ({ move: 'raised', by: null, level });
const step = (move: string, by: string | null = null) => ({ move, by, level: null });
const lastWord = (...steps: Parameters<typeof stepWord>[0]) => stepWord(steps, steps.length - 1);

test('danger is asked to be shelved, agreed to, refused, withdrawn, or asked for in vain', () => {
	const asked = [raised('danger'), step('shelve', '沈岚')];
	expect(lastWord(...asked)).toBe(m.shelf_ask());
	expect(lastWord(...asked, step('confirmShelf', '来志远'))).toBe(m.move_confirmShelf());
	expect(lastWord(...asked, step('unshelve', '来志远'))).toBe(m.shelf_refuse());
	expect(lastWord(...asked, step('unshelve', '沈岚'))).toBe(m.shelf_withdraw());
	expect(lastWord(...asked, step('shelfExpired'))).toBe(m.shelf_askExpired());
});

test('what two have shelved is brought back and runs out, as what was never danger is', () => {
	const shelved = [raised('danger'), step('shelve', '沈岚'), step('confirmShelf', '来志远')];
	expect(lastWord(...shelved, step('unshelve', '沈岚'))).toBe(m.move_unshelve());
	expect(lastWord(...shelved, step('shelfExpired'))).toBe(m.move_shelfExpired());
	expect(lastWord(raised('warning'), step('shelve', '沈岚'))).toBe(m.move_shelve());
	expect(lastWord(raised('warning'), step('shelve', '沈岚'), step('unshelve', '来志远'))).toBe(m.move_unshelve());
});
