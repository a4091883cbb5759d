// Readings that reach us over several lines side by side overtake each other. They are held back for a moment, and go on
// in the order they were measured, so that none is judged as if it had come late.

/** A reading and the moment it came, ms; before that moment it cannot have been measured, whatever its clock says. */
export interface Came {
	atUs: number;
	seq: number;
	cameMs: number;
}

/**
 * Whatever comes less than `holdMs` after something that was measured later is given out before that. What comes later
 * still is late: history, as on one line.
 */
export class HoldBack<R extends Came> {
	#waiting: R[] = [];

	get isEmpty(): boolean {
		return this.#waiting.length === 0;
	}

	/** When the first of those that wait came, ms; Infinity without any. */
	get oldestMs(): number {
		return this.#waiting.reduce((oldest, { cameMs }) => Math.min(oldest, cameMs), Infinity);
	}

	put(readings: readonly R[]): void {
		for (const reading of readings) this.#waiting.push(reading);
	}

	/** What has waited long enough, and everything measured before it, in the order of measuring. */
	due(nowMs: number, holdMs: number): R[] {
		let untilMs = -Infinity;
		for (const one of this.#waiting) if (nowMs - one.cameMs >= holdMs) untilMs = Math.max(untilMs, heardMsOf(one));
		if (untilMs === -Infinity) return [];
		const ready = this.#waiting.filter((one) => heardMsOf(one) <= untilMs);
		this.#waiting = this.#waiting.filter((one) => heardMsOf(one) > untilMs);
		return ready.sort((a, b) => heardMsOf(a) - heardMsOf(b) || a.atUs - b.atUs || a.seq - b.seq);
	}
}

/** The order in which readings were given out that came as they are listed. */
export function heldOrder<R extends Came>(readings: readonly R[], holdMs: number): R[] {
	const holdBack = new HoldBack<R>();
	const out: R[] = [];
	for (const reading of readings) {
		out.push(...holdBack.due(reading.cameMs, holdMs));
		holdBack.put([reading]);
	}
	return [...out, ...holdBack.due(Infinity, holdMs)];
}

const heardMsOf = ({ atUs, cameMs }: Came): number => Math.min(atUs / 1000, cameMs);
