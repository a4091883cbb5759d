// Says that a change of the register is done, with the way to take it back.

import { toasts } from '../ui/toast.svelte.ts';
import { m } from '../words/generated/messages.js';
import { undo } from './register-api.ts';

export function tellDone(sentence: string, sourceId: string): void {
	toasts.show(sentence, { action: { label: m.ui_undo(), run: () => void takeBack(sourceId) } });
}

async function takeBack(sourceId: string): Promise<void> {
	try {
		await undo(sourceId);
		toasts.show(m.edit_undone());
	} catch (error) {
		toasts.show(error instanceof Error ? error.message : String(error), { tone: 'trouble' });
	}
}
