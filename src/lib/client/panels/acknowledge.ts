// Acknowledges an alarm and says so, or says why not. Acknowledged means stored: nothing is shown before the answer.

import type { LiveBoard } from '../live.svelte.ts';
import { toasts } from '../ui/toast.svelte.ts';
import { m } from '../words/generated/messages.js';

export async function acknowledge(live: Pick<LiveBoard, 'acknowledge'>, alarmId: string): Promise<void> {
	const answer = await live.acknowledge(alarmId);
	if (answer.ok) {
		toasts.show(m.alarm_acknowledged());
		return;
	}
	const reason =
		answer.reason === 'offline'
			? m.alarm_ackOffline()
			: answer.reason === 'no-answer'
				? m.alarm_ackNoAnswer()
				: answer.reason;
	toasts.show(m.alarm_ackFailed({ reason }), { tone: 'trouble' });
}
