// How jibs turn between two readings. A monitor reports every few seconds; the map lets the jib travel from where it
// is shown to where the newest reading says, in as long as the reading took to come. It never runs ahead of a reading:
// when none comes, the jib stands where it was last seen. Four bytes per crane; the graphics card does the turning.
//
// Byte 0 and the low half of byte 1: angle at the start in tenths of a degree, 4095 for "does not turn". High half of
// byte 1: seconds of travel in halves. Bytes 2 and 3: start in tenths of a second, which begin again every 6553.6 s.

import { NO_VALUE } from '#lib/domain/picture/columns.ts';

export const TURN_BYTES = 4;
const STANDS = 4095;
const FULL_TURN = 3600;
/** The clock of the turns begins again after so many tenths of a second. */
export const CLOCK_TENTHS = 65_536;
const SHORTEST_S = 0.5;
/** A longer gap is bridged in this time: the reading is true now, not a minute from now. */
const LONGEST_S = 7.5;

export class CraneTurns {
	/** What the graphics card reads. */
	readonly bytes: Uint8Array;
	/** Moment, in milliseconds of the page, until which some jib travels. */
	untilMs = -Infinity;
	#packed: Uint32Array;
	#readAtMs: Float64Array;
	/** A moment and what it is on the clock of the turns: many jibs are asked about at one. */
	#askedMs = NaN;
	#tenths = 0;

	constructor(length: number) {
		this.#packed = new Uint32Array(length).fill(STANDS);
		this.bytes = new Uint8Array(this.#packed.buffer);
		this.#readAtMs = new Float64Array(length).fill(-Infinity);
	}

	/**
	 * A new reading of a jib.
	 *
	 * @param before - tenths of a degree of the reading before it, or NO_VALUE
	 * @param after - tenths of a degree
	 */
	take(slot: number, before: number, after: number, nowMs: number): void {
		const from = this.shown(slot, before, nowMs);
		const sinceS = (nowMs - this.#readAtMs[slot]!) / 1000;
		this.#readAtMs[slot] = nowMs;
		if (from === NO_VALUE || after === NO_VALUE || from === after) {
			this.#packed[slot] = STANDS;
			return;
		}
		const lastsS = Math.min(LONGEST_S, Math.max(SHORTEST_S, sinceS));
		const halves = Math.round(lastsS * 2);
		this.#packed[slot] = (from | (halves << 12) | (Math.floor(this.#tenthsAt(nowMs)) << 16)) >>> 0;
		this.untilMs = Math.max(this.untilMs, nowMs + halves * 500);
	}

	/** Where the jib is drawn at a moment, tenths of a degree, when `reading` is its newest. The shader says the same. */
	shown(slot: number, reading: number, nowMs: number): number {
		const packed = this.#packed[slot]!;
		const from = packed & STANDS;
		if (from === STANDS || reading === NO_VALUE) return reading;
		const lasts = ((packed >>> 12) & 15) * 5;
		const since = this.#tenthsAt(nowMs) - (packed >>> 16);
		const elapsed = since < 0 ? since + CLOCK_TENTHS : since;
		if (elapsed >= lasts) return reading;
		const turned = Math.floor(from + (shorterWay(from, reading) * elapsed) / lasts + 0.5);
		return turned < 0 ? turned + FULL_TURN : turned >= FULL_TURN ? turned - FULL_TURN : turned;
	}

	#tenthsAt(nowMs: number): number {
		if (nowMs !== this.#askedMs) {
			this.#askedMs = nowMs;
			this.#tenths = (nowMs / 100) % CLOCK_TENTHS;
		}
		return this.#tenths;
	}
}

/** Tenths of a degree from one angle to another, the shorter way round. No remainders: they are slow, and jibs are many. */
function shorterWay(from: number, to: number): number {
	const way = to - from;
	return way >= FULL_TURN / 2 ? way - FULL_TURN : way < -FULL_TURN / 2 ? way + FULL_TURN : way;
}
