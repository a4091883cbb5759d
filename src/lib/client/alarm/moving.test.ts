import { afterEach, expect, test } from 'vitest';
import type { MoveAnswer } from '#lib/contract/events.ts';
import { toasts } from '../ui/toast.svelte.ts';
import { overwriteGetLocale } from '../words/generated/runtime.js';
import { Moving } from './moving.svelte.ts';

afterEach(() => {
	overwriteGetLocale(() => 'zh-CN');
	toasts.list.forEach(({ id }) => toasts.dismiss(id));
});

const answer: MoveAnswer = {
	...{ ok: true, moved: [] },
	refused: ['closed', 'own-work', 'closed'].map((reason, i) => ({ id: `${i}`, reason, message: '' })),
};

test.each([
	['zh-CN', '3 条未处理：已销号，不能再改；处置人不能核实自己的处置'],
	['en', '3 not done: It is closed and stays closed; Who had it in hand cannot verify it'],
] as const)('why several were not moved is one list of that language, each reason once: %s', async (locale, words) => {
	overwriteGetLocale(() => locale);
	const moving = new Moving({ move: () => Promise.resolve(answer) }, null);
	expect(await moving.make({ move: 'verify', alarms: ['0', '1', '2'], note: '到场看过' })).toBe(false);
	expect(toasts.list.map(({ text }) => text)).toEqual([words]);
});
