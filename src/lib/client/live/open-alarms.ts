// The standing alarms (not closed), from two sources that overlap: the list asked for over HTTP and the events of the log. The higher
// revision of an alarm wins, and one that was closed does not come back from an older list.

import type { AlarmMessage, EventMessage } from '#lib/contract/events.ts';

/** Closed alarms remembered against late lists. */
const REMEMBERED = 512;

export class OpenAlarms {
	/** Replaced on every change, never mutated. */
	standing: ReadonlyMap<string, AlarmMessage> = new Map();
	/** The list was read once: before it, no alarm here does not mean that there is none. */
	isListed = false;
	#closed = new Map<string, number>();
	#newerThanList = new Set<string>();

	/** Call before asking for the list: what events say from now on is newer than the answer. */
	expectList(): void {
		this.#newerThanList = new Set();
	}

	/** @returns whether anything changed */
	applyEvents(events: readonly EventMessage[]): boolean {
		const alarms = events
			.filter((event) => event.type.startsWith('alarm:') && event.type !== 'alarm:escalated')
			.map((event) => event.data as unknown as AlarmMessage);
		for (const alarm of alarms) this.#newerThanList.add(alarm.id);
		return this.#merge(new Map(this.standing), alarms, false);
	}

	/** The whole list of standing alarms. One it does not name is closed, unless an event raised it after the question. */
	replace(list: readonly AlarmMessage[]): boolean {
		this.isListed = true;
		const named = new Set(list.map((alarm) => alarm.id));
		const kept = new Map([...this.standing].filter(([id]) => named.has(id) || this.#newerThanList.has(id)));
		return this.#merge(kept, list, kept.size !== this.standing.size);
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
