// Makes a move on alarms and says what became of it, with the way back where there is one. Done is what is stored.

import type { MoveAnswer, MoveRequest } from '#lib/contract/events.ts';
import type { LiveBoard } from '../live.svelte.ts';
import { toasts } from '../ui/toast.svelte.ts';
import { m } from '../words/generated/messages.js';
import { moveWord, refusalWord } from './alarm-words.ts';

const CAN_UNDO = new Set<MoveRequest['move']>([
	'acknowledge',
	'assign',
	'verify',
	'shelve',
	'confirmShelf',
	'unshelve',
]);

export class Moving {
	busy = $state(false);
	/** Id of the person at the screen. */
	readonly me: string | null;
	readonly #live: Pick<LiveBoard, 'move'>;

	constructor(live: Pick<LiveBoard, 'move'>, me: string | null) {
		this.#live = live;
		this.me = me;
	}

	/**
	 * @param word - what the move is called, where the usual word would say too much
	 * @returns whether anything was moved
	 */
	async make(request: MoveRequest, word = moveWord(request.move)): Promise<boolean> {
		this.busy = true;
		const answer = await this.#live.move(request).finally(() => (this.busy = false));
		this.#say(request, word, answer);
		return answer.ok && answer.moved.length > 0;
	}

	#say(request: MoveRequest, word: string, answer: MoveAnswer): void {
		if (!answer.ok) {
			const offline = { offline: m.alarm_ackOffline(), 'no-answer': m.alarm_ackNoAnswer() } as Record<string, string>;
			toasts.show(m.move_failed({ reason: offline[answer.reason] ?? answer.reason }), { tone: 'trouble' });
			return;
		}
		const { moved, refused } = answer;
		if (moved.length > 0) {
			const undo = () => void this.make({ move: 'undo', alarms: moved });
			const action = CAN_UNDO.has(request.move) ? { action: { label: m.move_undo(), run: undo } } : {};
			toasts.show(m.move_done({ move: word, n: moved.length }), action);
		}
		const why = [...new Set(refused.map(({ reason }) => refusalWord(reason)))].join(m.ui_listSemicolon());
		if (refused.length > 0) toasts.show(m.move_refused({ n: refused.length, reason: why }), { tone: 'trouble' });
	}
}
