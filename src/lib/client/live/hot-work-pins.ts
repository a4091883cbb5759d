// Welding machines that work, from two sources that overlap: the list asked for over HTTP and the events of the log. What
// an event said after the question is newer than the answer.

import type { EventMessage } from '#lib/contract/events.ts';
import type { HotWorkPin } from '#lib/contract/hot-work.ts';
import { Meanwhile } from './meanwhile.ts';

export class HotWorkPins {
	/** By device. Replaced on every change, never mutated. */
	pins: ReadonlyMap<string, HotWorkPin> = new Map();
	#meanwhile = new Meanwhile();

	applyEvents(events: readonly EventMessage[]): void {
		const told = events.flatMap(({ type, data }) =>
			type === 'hotwork:changed' ? [data as unknown as HotWorkPin] : [],
		);
		if (told.length === 0) return;
		const next = new Map(this.pins);
		for (const pin of told) {
			this.#meanwhile.tell(pin.deviceId);
			if (pin.state === 'gone') next.delete(pin.deviceId);
			else next.set(pin.deviceId, pin);
		}
		this.pins = next;
	}

	/** Asks for the list and takes it. */
	async read(ask: () => Promise<readonly HotWorkPin[]>): Promise<void> {
		const newer = this.#meanwhile.begin();
		try {
			const list = await ask();
			const kept = [...this.pins].filter(([id]) => newer.has(id));
			const asked = list.filter(({ deviceId }) => !newer.has(deviceId));
			this.pins = new Map([...kept, ...asked.map((pin) => [pin.deviceId, pin] as const)]);
		} finally {
			this.#meanwhile.end(newer);
		}
	}
}
