// The browser's place in the event log: every event once, in order, none missed. A hole in the numbers is asked for
// again; when the answer does not fill it, its events were not for this person and the browser moves on.

import type { EventMessage } from '#lib/contract/events.ts';

export interface Taken {
	/** Events to show now, in order, each for the first time. */
	events: readonly EventMessage[];
	/** The server must be asked for everything after this number. */
	askAfter?: number;
}

export class EventCursor {
	/** The last event shown or known to be contained in the picture; undefined before the first picture. */
	at: number | undefined;
	/** Events that lie behind a hole, until the server has answered. */
	#waiting: EventMessage[] = [];
	#asked: { after: number; upTo: number } | undefined;

	/** A picture contains everything up to here. A picture older than what was shown changes nothing. */
	jump(to: number): void {
		if (this.at !== undefined && to < this.at) return;
		this.at = to;
		this.#waiting = this.#waiting.filter((event) => event.seq > to);
		if (this.#waiting.length === 0) this.#asked = undefined;
	}

	/** Takes a frame of events as it came. While an answer is awaited the frame is that answer or comes after it. */
	take(frame: readonly EventMessage[]): Taken {
		const at = this.at ?? -1;
		const all = new Map([...this.#waiting, ...frame].map((event) => [event.seq, event]));
		const fresh = [...all.values()].filter((event) => event.seq > at).sort((a, b) => a.seq - b.seq);
		const first = fresh[0];
		const answered = this.#asked !== undefined && this.#asked.after === at;
		if (first && this.at !== undefined && first.seq > at + 1 && !answered) return this.#wait(fresh, at);

		const holeAt = answered ? -1 : fresh.findIndex((event, i) => i > 0 && event.seq > fresh[i - 1]!.seq + 1);
		const ready = holeAt < 0 ? fresh : fresh.slice(0, holeAt);
		const upTo = answered ? this.#asked!.upTo : at;
		this.#asked = undefined;
		this.#waiting = [];
		this.at = this.at === undefined && !ready.length ? undefined : Math.max(upTo, ready.at(-1)?.seq ?? -1);
		if (holeAt < 0) return { events: ready };
		return { ...this.#wait(fresh.slice(holeAt), this.at!), events: ready };
	}

	/** The server says how far its log goes. Answers with the number to ask after when this browser holds less. */
	compare(last: number): number | undefined {
		if (this.at === undefined || last <= this.at) return undefined;
		if (this.#asked?.after === this.at) return undefined;
		this.#asked = { after: this.at, upTo: last };
		return this.at;
	}

	/** The connection was cut: what was asked is not coming. */
	forgetQuestion(): void {
		this.#asked = undefined;
	}

	#wait(events: EventMessage[], after: number): Taken {
		this.#waiting = events;
		const upTo = events.at(-1)!.seq;
		const isNew = this.#asked?.after !== after;
		this.#asked = { after, upTo };
		return isNew ? { events: [], askAfter: after } : { events: [] };
	}
}
