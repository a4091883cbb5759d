// What time it is on the server, seen from the browser. Neither of the browser's clocks can be trusted alone: the
// wall clock may be set, the monotonic one stands still while a laptop sleeps. The larger step wins, so that data
// may look older than it is for a moment, never younger.

export interface Moment {
	/** Date.now() */
	wallMs: number;
	/** performance.now() */
	monotonicMs: number;
}

export class ServerClock {
	#serverMs = NaN;
	#seen: Moment = { wallMs: 0, monotonicMs: 0 };

	/** A message of the server said it was `serverMs`, and it arrived now. */
	note(serverMs: number, seen: Moment): void {
		this.#serverMs = serverMs;
		this.#seen = seen;
	}

	/** Milliseconds since the server last spoke; NaN when it never did. */
	silentMs(now: Moment): number {
		if (Number.isNaN(this.#serverMs)) return NaN;
		return Math.max(0, now.wallMs - this.#seen.wallMs, now.monotonicMs - this.#seen.monotonicMs);
	}

	/** Server time in ms since 1970; NaN before its first word. */
	now(now: Moment): number {
		return this.#serverMs + this.silentMs(now);
	}
}
