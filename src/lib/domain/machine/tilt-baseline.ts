// How far a mast leans away from where it stood in calm: the sensor's own zero and the slope it was mounted on drop out.
// The baseline is learned from unloaded, calm readings, and forgotten when the crane climbs or a new section is added.

import { stretch } from '../number-page.ts';
import type { Rule } from '../rule.ts';

export interface BaselineRules {
	/** m/s of wind up to which a reading teaches. */
	calmWindMs: Rule;
	/** Percent of the rated moment up to which the crane counts as unloaded. */
	unloadedPercent: Rule;
	/** Calm readings before there is a baseline. */
	samples: Rule;
	/** Metres by which the mast must have grown to count as climbed, where the box tells its height. */
	climbedM: Rule;
}

export interface Baseline {
	/** Mean of the calm readings; NaN before the first. */
	deg: number;
	samples: number;
	/** Height of the mast it belongs to, as far as the box tells; NaN otherwise. */
	mastM: number;
	/** Moment of the reading that changed it last, ms: one that is not newer has been taken in. -Infinity before the first. */
	atMs: number;
}

const [DEG, SAMPLES, MAST, AT, WIDTH] = [0, 1, 2, 3, 4] as const;

/** The baseline of a watch, on a page of numbers because every reading looks at it; nothing learned yet. */
export class LearnedBaseline implements Baseline {
	readonly #numbers: Float64Array;
	readonly #first: number;

	constructor() {
		({ numbers: this.#numbers, first: this.#first } = stretch(WIDTH));
		this.forget();
	}

	forget(): void {
		Object.assign(this, { deg: NaN, samples: 0, mastM: NaN, atMs: -Infinity });
	}

	get deg(): number {
		return this.#numbers[this.#first + DEG]!;
	}
	set deg(deg: number) {
		this.#numbers[this.#first + DEG] = deg;
	}

	get samples(): number {
		return this.#numbers[this.#first + SAMPLES]!;
	}
	set samples(samples: number) {
		this.#numbers[this.#first + SAMPLES] = samples;
	}

	get mastM(): number {
		return this.#numbers[this.#first + MAST]!;
	}
	set mastM(mastM: number) {
		this.#numbers[this.#first + MAST] = mastM;
	}

	get atMs(): number {
		return this.#numbers[this.#first + AT]!;
	}
	set atMs(atMs: number) {
		this.#numbers[this.#first + AT] = atMs;
	}

	/** As it is kept for the next start. */
	copy(): Baseline {
		const { deg, samples, mastM, atMs } = this;
		return { deg, samples, mastM, atMs };
	}
}

/**
 * Takes one reading in.
 *
 * @param baseline - changed in place; learns at most once per reading, also when it is shown again after a restart
 * @param tiltDeg - NaN teaches nothing and leans nowhere
 * @param values - the reading: `windMs`, `momentPercent`, `climbing`, `mastHeightM`, as far as it has them
 * @returns degrees away from the baseline, without sign; while none is learned, degrees from the vertical, because a
 * mast that already leans must not wait for calm weather
 */
export function leanOf(
	baseline: LearnedBaseline,
	rules: BaselineRules,
	atMs: number,
	tiltDeg: number,
	values: Readonly<Record<string, unknown>>,
): number {
	if (atMs > baseline.atMs) teach(baseline, rules, atMs, tiltDeg, values);
	if (Number.isNaN(tiltDeg)) return NaN;
	return Math.abs(baseline.samples < rules.samples.value ? tiltDeg : tiltDeg - baseline.deg);
}

function teach(
	baseline: LearnedBaseline,
	rules: BaselineRules,
	atMs: number,
	tiltDeg: number,
	{ climbing, mastHeightM: mastM, windMs, momentPercent }: Readonly<Record<string, unknown>>,
): void {
	const hasGrown = typeof mastM === 'number' && Math.abs(mastM - baseline.mastM) >= rules.climbedM.value;
	const isKnown = baseline.samples > 0 || !Number.isNaN(baseline.mastM);
	if ((climbing === true && isKnown) || hasGrown) {
		baseline.forget();
		baseline.atMs = atMs;
	}
	if (Number.isNaN(tiltDeg) || climbing === true) return;
	// Not followed: a mast that grows by centimetres has grown in the end.
	if (typeof mastM === 'number' && Number.isNaN(baseline.mastM)) Object.assign(baseline, { mastM, atMs });

	const isCalm = typeof windMs === 'number' && windMs >= 0 && windMs <= rules.calmWindMs.value;
	const isUnloaded = typeof momentPercent === 'number' && momentPercent <= rules.unloadedPercent.value;
	if (!isCalm || !isUnloaded || baseline.samples >= rules.samples.value) return;
	baseline.samples++;
	baseline.deg = baseline.samples === 1 ? tiltDeg : baseline.deg + (tiltDeg - baseline.deg) / baseline.samples;
	baseline.atMs = atMs;
}
