// The measuring tool while it is in somebody's hand: corners so far, and what they come to.

import type { MeasureShape } from './layers/measure.ts';
import type { Measured, MeasureKind } from './map-types.ts';
import { areaText, lengthText, measured } from './measure.ts';

type LngLat = [number, number];

export class Measuring {
	kind = $state<MeasureKind | null>(null);
	#points = $state.raw<readonly LngLat[]>([]);
	#isDone = $state(false);
	#onresult: (result: Measured | null) => void;

	constructor(onresult: (result: Measured | null) => void) {
		this.#onresult = onresult;
	}

	start(kind: MeasureKind | null): void {
		this.kind = kind;
		this.#points = [];
		this.#isDone = false;
		this.#onresult(null);
	}

	/** A click: the next corner, or the first of a new measurement. */
	add(at: LngLat): void {
		this.#points = this.#isDone ? [at] : [...this.#points, at];
		this.#isDone = false;
		this.#tell();
	}

	finish(): void {
		if (this.#points.length < 2) return;
		this.#isDone = true;
		this.#tell();
	}

	/** What the map draws, on the datum of the base map. */
	shape(toBase: (at: LngLat) => LngLat): MeasureShape | null {
		if (!this.kind) return null;
		const result = measured(this.kind, this.#points, this.#isDone);
		const last = this.#points.at(-1);
		const text = result.areaM2 === undefined ? lengthText(result.lengthM) : areaText(result.areaM2);
		return {
			points: this.#points.map(toBase),
			isArea: this.kind === 'area',
			label: last && this.#points.length > 1 ? { at: toBase(last), text } : null,
		};
	}

	#tell(): void {
		if (this.kind) this.#onresult(measured(this.kind, this.#points, this.#isDone));
	}
}
