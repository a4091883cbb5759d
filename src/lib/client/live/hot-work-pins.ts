// Welding machines that work, from two sources that overlap: the list asked for over HTTP and the events of the log. What
// an event said after the question is newer than the answer.

import type { EventMessage } from '#lib/contract/events.ts';
import type { HotWorkPin } from '#lib/contract/hot-work.ts';

export class HotWorkPins {
	/** By device. Replaced on every change, never mutated. */
	pins: ReadonlyMap<string, HotWorkPin> = new Map();
	#newerThanList = new Set<string>();

	/** Call before asking for the list. */
	expectList(): void {
		this.#newerThanList = new Set();
	}

	applyEvents(events: readonly EventMessage[]): void {
		const told = events.flatMap(({ type, data }) =>
			type === 'hotwork:changed' ? [data as unknown as HotWorkPin] : [],
		);
		if (told.length === 0) return;
		const next = new Map(this.pins);
		for (const pin of told) {
			this.#newerThanList.add(pin.deviceId);
			if (pin.state === 'gone') next.delete(pin.deviceId);
			else next.set(pin.deviceId, pin);
		}
		this.pins = next;
	}

	replace(list: readonly HotWorkPin[]): void {
		const kept = [...this.pins].filter(([id]) => this.#newerThanList.has(id));
		const asked = list.filter(({ deviceId }) => !this.#newerThanList.has(deviceId));
		this.pins = new Map([...kept, ...asked.map((pin) => [pin.deviceId, pin] as const)]);
	}
}
