// The same scheme in plain JavaScript, as one writes it down from the paper: the peer of the compiled kernel, and in
// the tests its referee. Single precision, a branch for every dry face, one loop per stage.

import type { Terrain } from '../../src/lib/domain/flood/water/terrain.ts';

const G = 9.80665;
const DRY_M = 1e-5;

export class PlainSheet {
	readonly terrain: Terrain;
	readonly depthM: Float32Array;
	/** Flux into a cell from the west, and from the north; one face more per row, one row more. */
	readonly #fluxX: Float32Array;
	readonly #fluxY: Float32Array;
	readonly #oldX: Float32Array;
	readonly #oldY: Float32Array;
	readonly #share: Float32Array;
	readonly #manning: number;
	deepestM = 0;

	constructor(terrain: Terrain, manning: number) {
		const { width, height } = terrain;
		this.terrain = terrain;
		this.#manning = manning;
		this.depthM = new Float32Array(width * height);
		this.#fluxX = new Float32Array((width + 1) * height);
		this.#oldX = new Float32Array((width + 1) * height);
		this.#fluxY = new Float32Array(width * (height + 1));
		this.#oldY = new Float32Array(width * (height + 1));
		this.#share = new Float32Array(width * height);
	}

	step(dtS: number, rainMmH: number): void {
		this.#oldX.set(this.#fluxX);
		this.#oldY.set(this.#fluxY);
		this.#flow(dtS);
		this.#limit(dtS);
		this.#settle(dtS, (rainMmH / 3.6e6) * dtS);
	}

	#flow(dtS: number): void {
		const { width, height, groundM, cellM } = this.terrain;
		const { depthM } = this;
		const oldX = this.#oldX;
		const oldY = this.#oldY;
		const fluxX = this.#fluxX;
		const fluxY = this.#fluxY;
		const push = (G * dtS) / cellM;
		const brake = G * dtS * this.#manning ** 2;
		for (let y = 0; y < height; y++)
			for (let x = 0; x < width; x++) {
				const cell = y * width + x;
				const face = cell + y;
				const h = depthM[cell]!;
				const z = groundM[cell]!;
				if (x > 0) {
					const h0 = depthM[cell - 1]!;
					const rise = z - groundM[cell - 1]!;
					const flow = h === 0 && h0 === 0 ? 0 : Math.max(h0 - Math.max(rise, 0), h + Math.min(rise, 0));
					if (flow > DRY_M) {
						const q = oldX[face]!;
						const cross = (oldY[cell]! + oldY[cell - 1]! + oldY[cell + width]! + oldY[cell + width - 1]!) / 4;
						fluxX[face] =
							(q - push * flow * (rise + h - h0)) /
							(1 + (brake * Math.sqrt(q * q + cross * cross)) / (flow * flow * Math.cbrt(flow)));
					} else fluxX[face] = 0;
				}
				if (y > 0) {
					const h0 = depthM[cell - width]!;
					const rise = z - groundM[cell - width]!;
					const flow = h === 0 && h0 === 0 ? 0 : Math.max(h0 - Math.max(rise, 0), h + Math.min(rise, 0));
					if (flow > DRY_M) {
						const q = oldY[cell]!;
						const cross = (oldX[face]! + oldX[face + 1]! + oldX[face - width - 1]! + oldX[face - width]!) / 4;
						fluxY[cell] =
							(q - push * flow * (rise + h - h0)) /
							(1 + (brake * Math.sqrt(q * q + cross * cross)) / (flow * flow * Math.cbrt(flow)));
					} else fluxY[cell] = 0;
				}
			}
	}

	#limit(dtS: number): void {
		const { width, height, cellM } = this.terrain;
		const fluxX = this.#fluxX;
		const fluxY = this.#fluxY;
		const share = this.#share;
		const ratio = dtS / cellM;
		for (let y = 0; y < height; y++)
			for (let x = 0; x < width; x++) {
				const cell = y * width + x;
				const face = y * (width + 1) + x;
				const out =
					Math.max(0, fluxX[face + 1]!) +
					Math.max(0, -fluxX[face]!) +
					Math.max(0, fluxY[cell + width]!) +
					Math.max(0, -fluxY[cell]!);
				const asked = out * ratio;
				share[cell] = asked > this.depthM[cell]! ? this.depthM[cell]! / asked : 1;
			}
		for (let y = 0; y < height; y++)
			for (let x = 1; x < width; x++) {
				const face = y * (width + 1) + x;
				fluxX[face]! *= share[y * width + x - (fluxX[face]! > 0 ? 1 : 0)]!;
			}
		for (let y = 1; y < height; y++)
			for (let x = 0; x < width; x++) {
				const cell = y * width + x;
				fluxY[cell]! *= share[cell - (fluxY[cell]! > 0 ? width : 0)]!;
			}
	}

	#settle(dtS: number, rainM: number): void {
		const { width, height, cellM } = this.terrain;
		const fluxX = this.#fluxX;
		const fluxY = this.#fluxY;
		const ratio = dtS / cellM;
		let deepest = 0;
		for (let y = 0; y < height; y++)
			for (let x = 0; x < width; x++) {
				const cell = y * width + x;
				const face = y * (width + 1) + x;
				const change = fluxX[face]! - fluxX[face + 1]! + fluxY[cell]! - fluxY[cell + width]!;
				const depth = this.depthM[cell]! + change * ratio + rainM;
				this.depthM[cell] = depth;
				if (depth > deepest) deepest = depth;
			}
		this.deepestM = deepest;
	}
}
