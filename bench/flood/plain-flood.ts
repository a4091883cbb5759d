// The priority flood as the books have it (Barnes, Lehman, Mulla 2014): from the edge inwards, the lowest place first.
// It knows no hollows and no rain; it is the yardstick and the check of the filled ground.

import type { Terrain } from '../../src/lib/domain/flood/water/terrain.ts';

/** Height of the ground with every hollow filled to its brim, metres. Only for ground without gaps. */
export function plainFlood({ width, height, groundM }: Terrain): Float32Array {
	const filled = new Float32Array(groundM);
	const seen = new Uint8Array(groundM.length);
	const open = new Lowest(filled);
	const see = (cell: number) => {
		seen[cell] = 1;
		open.put(cell);
	};
	for (let x = 0; x < width; x++) for (const y of [0, height - 1]) if (!seen[y * width + x]) see(y * width + x);
	for (let y = 0; y < height; y++) for (const x of [0, width - 1]) if (!seen[y * width + x]) see(y * width + x);
	for (let cell = open.take(); cell >= 0; cell = open.take()) {
		const x = cell % width;
		const level = filled[cell]!;
		for (let row = cell - x - width; row <= cell - x + width; row += width) {
			if (row < 0 || row >= filled.length) continue;
			for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
				const next = row + column;
				if (seen[next]) continue;
				if (filled[next]! < level) filled[next] = level;
				see(next);
			}
		}
	}
	return filled;
}

/** Cells by height: a binary heap. */
class Lowest {
	readonly #of: Float32Array;
	readonly #heap: Int32Array;
	#size = 0;

	constructor(heights: Float32Array) {
		this.#of = heights;
		this.#heap = new Int32Array(heights.length);
	}

	put(cell: number): void {
		const [of, heap] = [this.#of, this.#heap];
		let at = this.#size++;
		while (at > 0) {
			const up = (at - 1) >> 1;
			if (of[heap[up]!]! <= of[cell]!) break;
			heap[at] = heap[up]!;
			at = up;
		}
		heap[at] = cell;
	}

	/** The lowest cell; -1 when there is none left. */
	take(): number {
		if (this.#size === 0) return -1;
		const [of, heap] = [this.#of, this.#heap];
		const first = heap[0]!;
		const last = heap[--this.#size]!;
		let at = 0;
		for (;;) {
			let down = 2 * at + 1;
			if (down >= this.#size) break;
			if (down + 1 < this.#size && of[heap[down + 1]!]! < of[heap[down]!]!) down++;
			if (of[heap[down]!]! >= of[last]!) break;
			heap[at] = heap[down]!;
			at = down;
		}
		heap[at] = last;
		return first;
	}
}
