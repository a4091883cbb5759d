// The live picture of this browser: the last whole picture with every change since written into it, and what has
// gone stale since. Knows which rows changed, so that whoever draws touches those only.

import { presence, type PresenceRules } from '#lib/domain/known.ts';
import { levelCode, LEVELS, type Level } from '#lib/domain/level.ts';
import { NO_VALUE, type PictureColumns } from '#lib/domain/picture/columns.ts';
import type { PictureDelta } from '#lib/domain/picture/delta.ts';
import { indexPicture } from './picture-index.ts';

const UNKNOWN = levelCode('unknown');
const OFF = levelCode('off');
/** Lists of changed rows kept for readers that skip a frame; one that skipped more starts over. */
const KEPT_CHANGES = 64;

/** What changed since a revision: some rows, or everything. */
export type Changes = { whole: true } | { whole: false; rows: readonly Uint32Array[]; moved: boolean };

interface Change {
	revision: number;
	rows: Uint32Array;
	moved: boolean;
}

export class PictureStore {
	/** A new object whenever anything changed; the arrays inside are reused until the next whole picture. */
	columns: PictureColumns | null = null;
	/** Grows by one with every change. */
	revision = 0;
	/** Moment of the newest reading of all, on the server's clock; NaN while nothing has reported. */
	newestMs = NaN;
	#wholeAt = 0;
	#changes: Change[] = [];
	#rowOf: Int32Array = new Int32Array(0);
	/** The columns hold what is left of these after a look at the clock. */
	#said: Uint8Array = new Uint8Array(0);
	#observedMs: Float64Array = new Float64Array(0);
	#intervalS = new Float32Array(0);
	#intervals: ReadonlyMap<number, number> = new Map();

	/** @param index - of these columns, which are the store's from now on */
	replace(columns: PictureColumns, index = indexPicture(columns)): void {
		this.columns = columns;
		this.#rowOf = index.rowOf;
		this.#said = index.said;
		this.#observedMs = index.observedMs;
		this.newestMs = index.newestMs;
		this.#spreadIntervals();
		this.#wholeAt = ++this.revision;
		this.#changes = [];
	}

	/** Expected reporting interval in seconds by register number, from the register. */
	setIntervals(intervals: ReadonlyMap<number, number>): void {
		this.#intervals = intervals;
		this.#spreadIntervals();
	}

	/** Writes changed rows into the picture. @returns how many objects it does not hold: the register changed */
	apply(delta: PictureDelta): number {
		if (!this.columns) return 0;
		const { level, slew, load, wind, age, positions, takenAt } = this.columns;
		const { no: numbers, level: levels, slew: slews, load: loads, wind: winds, age: ages } = delta;
		const rowOf = this.#rowOf;
		const said = this.#said;
		const observed = this.#observedMs;
		const hasMoved = delta.positions.length > 0;
		/** What its ages are behind those of the picture, whole seconds: ages are whole too. */
		const behindS = Math.round((takenAt - delta.takenAt) / 1000);
		const rows = new Uint32Array(delta.count);
		let count = 0;
		let { newestMs } = this;
		for (let i = 0; i < delta.count; i++) {
			const no = numbers[i]!;
			const row = no < rowOf.length ? rowOf[no]! : -1;
			if (row < 0) continue;
			rows[count++] = row;
			said[row] = level[row] = levels[i]!;
			slew[row] = slews[i]!;
			load[row] = loads[i]!;
			wind[row] = winds[i]!;
			const ageS = ages[i]!;
			age[row] = ageS === NO_VALUE ? NO_VALUE : Math.min(Math.max(ageS + behindS, 0), NO_VALUE - 1);
			const at = ageS === NO_VALUE ? NaN : delta.takenAt - ageS * 1000;
			observed[row] = at;
			if (!(at <= newestMs) && at === at) newestMs = at;
			if (!hasMoved) continue;
			positions[row * 2] = delta.positions[i * 2]!;
			positions[row * 2 + 1] = delta.positions[i * 2 + 1]!;
		}
		this.newestMs = newestMs;
		this.columns.cursor = Math.max(this.columns.cursor, delta.cursor);
		this.#changed(rows.subarray(0, count), hasMoved);
		return delta.count - count;
	}

	/** An event of the log said what an object has become. */
	setLevel(no: number, level: Level): void {
		const row = this.rowOf(no);
		if (row < 0 || !this.columns) return;
		this.#said[row] = this.columns.level[row] = levelCode(level);
		this.#changed(Uint32Array.of(row), false);
	}

	/** Lets the picture grow older. Objects whose last reading is older than it may be turn to unknown by themselves. */
	sweep(serverNowMs: number, rules: PresenceRules): void {
		const { columns } = this;
		if (!columns || Number.isNaN(serverNowMs)) return;
		const rows: number[] = [];
		columns.takenAt = serverNowMs;
		for (let row = 0; row < columns.count; row++) {
			const intervalS = this.#intervalS[row]!;
			const said = this.#said[row]!;
			const observed = this.#observedMs[row]!;
			columns.age[row] = ageAt(serverNowMs, observed);
			if (!(intervalS > 0) || said === UNKNOWN || said === OFF) continue;
			const silentMs = Number.isNaN(observed) ? undefined : Math.max(0, serverNowMs - observed);
			const level = presence(silentMs, intervalS, rules) === 'fresh' ? said : UNKNOWN;
			if (columns.level[row] === level) continue;
			columns.level[row] = level;
			rows.push(row);
		}
		if (rows.length) this.#changed(Uint32Array.from(rows), false);
	}

	/** Row of a register number, or -1. */
	rowOf(no: number): number {
		return this.#rowOf[no] ?? -1;
	}

	levelOf(no: number): Level {
		const row = this.rowOf(no);
		return row < 0 || !this.columns ? 'unknown' : LEVELS[this.columns.level[row]!]!;
	}

	/** Seconds since an object's last reading, on the server's clock; undefined when it never reported. */
	ageS(no: number, serverNowMs: number): number | undefined {
		const observed = this.#observedMs[this.rowOf(no)];
		return observed === undefined || Number.isNaN(observed) ? undefined : (serverNowMs - observed) / 1000;
	}

	changesSince(revision: number): Changes {
		if (revision < this.#wholeAt) return { whole: true };
		const since = this.#changes.filter((change) => change.revision > revision);
		if (since.length < this.revision - revision) return { whole: true };
		return { whole: false, rows: since.map((change) => change.rows), moved: since.some((change) => change.moved) };
	}

	#changed(rows: Uint32Array, moved: boolean): void {
		this.columns = { ...this.columns! };
		this.revision += 1;
		this.#changes.push({ revision: this.revision, rows, moved });
		if (this.#changes.length > KEPT_CHANGES) this.#changes.shift();
	}

	#spreadIntervals(): void {
		this.#intervalS = new Float32Array(this.columns?.count ?? 0);
		for (const [no, intervalS] of this.#intervals) {
			const row = this.rowOf(no);
			if (row >= 0) this.#intervalS[row] = intervalS;
		}
	}
}

function ageAt(takenAt: number, observedMs: number): number {
	if (observedMs !== observedMs) return NO_VALUE;
	const seconds = (takenAt - observedMs) / 1000;
	if (seconds <= 0) return 0;
	return seconds < NO_VALUE - 1 ? Math.round(seconds) : NO_VALUE - 1;
}
