// The standing alarms (not closed), from two sources that overlap: the list asked for over HTTP and the events of the log. The higher
// revision of an alarm wins, and one that was closed does not come back from an older list.

import type { AlarmMessage, EventMessage } from '#lib/contract/events.ts';
import { Meanwhile } from './meanwhile.ts';

/** Closed alarms remembered against late lists. */
const REMEMBERED = 512;

export class OpenAlarms {
	/** Replaced on every change, never mutated. */
	standing: ReadonlyMap<string, AlarmMessage> = new Map();
	/** The list was read once: before it, no alarm here does not mean that there is none. */
	isListed = false;
	#closed = new Map<string, number>();
	#meanwhile = new Meanwhile();

	/** @returns whether anything changed */
	applyEvents(events: readonly EventMessage[]): boolean {
		const alarms = events
			.filter((event) => event.type.startsWith('alarm:') && event.type !== 'alarm:escalated')
			.map((event) => event.data as unknown as AlarmMessage);
		for (const alarm of alarms) this.#meanwhile.tell(alarm.id);
		return this.#merge(new Map(this.standing), alarms, false);
	}

	/**
	 * Asks for the whole list of standing alarms and takes it. One it does not name is closed, unless an event told of it
	 * after the question.
	 *
	 * @returns whether anything changed
	 */
	async read(ask: () => Promise<readonly AlarmMessage[]>): Promise<boolean> {
		const newer = this.#meanwhile.begin();
		try {
			const list = await ask();
			this.isListed = true;
			const named = new Set(list.map((alarm) => alarm.id));
			const kept = new Map([...this.standing].filter(([id]) => named.has(id) || newer.has(id)));
			return this.#merge(kept, list, kept.size !== this.standing.size);
		} finally {
			this.#meanwhile.end(newer);
		}
	}

	#merge(next: Map<string, AlarmMessage>, alarms: readonly AlarmMessage[], changed: boolean): boolean {
		for (const alarm of alarms) {
			const held = next.get(alarm.id)?.revision ?? this.#closed.get(alarm.id) ?? -1;
			if (alarm.revision <= held) continue;
			changed = true;
			if (alarm.handling !== 'closed') next.set(alarm.id, alarm);
			else {
				next.delete(alarm.id);
				this.#remember(alarm);
			}
		}
		if (changed) this.standing = next;
		return changed;
	}

	#remember(alarm: AlarmMessage): void {
		this.#closed.set(alarm.id, alarm.revision);
		if (this.#closed.size <= REMEMBERED) return;
		const [oldest] = this.#closed.keys();
		this.#closed.delete(oldest!);
	}
}
