// Where the water goes, and when: rain on the grid, moved by the local inertial form of the shallow-water equations.
//
// Bates, Horritt, Fewtrell, J. Hydrology 387 (2010), equation 11, with friction by the whole flux vector as in
// LISFLOOD-FP:  q' = (q − g·h·Δt·∂η/∂x) / (1 + g·Δt·n²·|q| / h^(7/3)).  What leaves a cell in a step is limited to what
// it holds, flux by flux, so depth is never negative and nothing is clipped. The inner loop is inertial.as.ts.

import { INERTIAL_WASM } from './inertial-wasm.ts';
import { checkTerrain, stepped, type Terrain } from './terrain.ts';

export interface SheetOptions {
	/** Manning roughness, s/m^(1/3): one for all cells, or one per cell. */
	manning: number | Float32Array;
	/** What happens where the terrain ends or nothing is known: water runs off and is counted, or it is a wall. */
	edge: 'open' | 'wall';
	/** Share of the longest stable step that is taken, 0 to 1; 0.7 in the paper. */
	courant?: number;
	/** Longest step, seconds; by default what a thin film running at 4 m/s takes for a cell: its depth sets no limit. */
	longestStepS?: number;
	/** Sides on which the terrain goes on in the sheet of another worker: its last two rows there are that one's. */
	shared?: { north?: boolean; south?: boolean };
}

/** Rows of a neighbour that a sheet reads. */
const BORROWED = 2;
/** Grids of which they are exchanged: depth and both fluxes. */
const EXCHANGED = 3;

interface Kernel {
	prepare(stride: number, ...addresses: number[]): void;
	step(first: number, last: number, dt: number, dtOverDx: number, rain: number): number;
}

const G = 9.80665;
const WALL_M = 1e6;
const FILM_MS = 4;
/** An open edge falls at least so much per metre. */
const LEAST_FALL = 0.001;
/** Margin left of a row, and rows above; two rows are read beyond the last one moved, and one more below. */
const LEFT = 4;
const ABOVE = 2;
const MARGIN_ROWS = 5;
const PAGE = 65536;

let compiled: WebAssembly.Module | undefined;

export class WaterSheet {
	readonly width: number;
	readonly height: number;
	readonly cellM: number;
	/** Numbers from one row to the next in `depthM`, and where the first cell stands. */
	readonly stride: number;
	readonly origin: number;
	/** Depth with margins: cell (x, y) stands at `origin + y · stride + x`. */
	readonly depthM: Float32Array;
	/** Flux into a cell from the west, and from the north, m²/s; same places. */
	readonly fluxX: Float32Array;
	readonly fluxY: Float32Array;
	/** Simulated time, seconds. */
	timeS = 0;
	steps = 0;
	/** Greatest depth after the last step, metres. */
	deepestM = 0;
	/** Water balance, cubic metres. */
	rainM3 = 0;
	inflowM3 = 0;
	outflowM3 = 0;
	readonly #kernel: Kernel;
	readonly #courant: number;
	readonly #longestS: number;
	/** Rows of its own, of the terrain. */
	readonly #from: number;
	readonly #to: number;
	readonly #cells: number;
	/** Places of open edge cells; what reaches them has left. */
	readonly #edges: Int32Array;
	#rainSoFarM = 0;

	/** @throws RangeError when the terrain is not one, or a roughness is not positive */
	constructor(terrain: Terrain, { manning, edge, courant = 0.7, longestStepS, shared = {} }: SheetOptions) {
		checkTerrain(terrain);
		const { width, height, cellM } = terrain;
		this.width = width;
		this.height = height;
		this.cellM = cellM;
		this.#courant = courant;
		this.#longestS = longestStepS ?? cellM / FILM_MS;
		// One cell of open edge all around.
		this.stride = Math.ceil((width + 2) / 4) * 4 + 2 * LEFT;
		const rows = height + 2 + MARGIN_ROWS;
		this.origin = (ABOVE + 1) * this.stride + LEFT + 1;
		const size = rows * this.stride;
		const { floats, kernel } = open(this.stride, size);
		this.#kernel = kernel;
		this.#from = shared.north ? BORROWED : 0;
		this.#to = height - (shared.south ? BORROWED : 0);
		this.depthM = floats(0);
		this.fluxX = floats(1);
		this.fluxY = floats(2);
		const ground = floats(3).fill(WALL_M);
		const drag = floats(4);
		let cells = 0;
		for (let y = 0; y < height; y++)
			for (let x = 0; x < width; x++) {
				const i = y * width + x;
				const at = this.origin + y * this.stride + x;
				const n = typeof manning === 'number' ? manning : manning[i]!;
				if (!(n > 0)) throw new RangeError(`A roughness of ${n} at cell ${x}, ${y}; it must be positive.`);
				drag[at] = G * n * n;
				if (!Number.isNaN(terrain.groundM[i]!)) {
					ground[at] = stepped(terrain.groundM[i]!);
					if (y >= this.#from && y < this.#to) cells++;
				}
			}
		this.#cells = cells;
		this.#edges = edge === 'open' ? this.#openEdges(ground, drag, shared) : new Int32Array(0);
	}

	/** Cells beside the terrain that swallow what reaches them; they lie as much lower as the terrain falls there. */
	#openEdges(ground: Float32Array, drag: Float32Array, shared: NonNullable<SheetOptions['shared']>): Int32Array {
		const { stride, origin, width, height, cellM } = this;
		const edges = new Map<number, number>();
		const beyond = (at: number, step: number) => {
			if (ground[at + step]! < WALL_M && !edges.has(at + step)) return;
			const behind = ground[at - step]!;
			const fall = behind < WALL_M ? Math.max(0, behind - ground[at]!) : 0;
			const low = stepped(ground[at]! - Math.max(fall, LEAST_FALL * cellM));
			edges.set(at + step, Math.min(low, edges.get(at + step) ?? Infinity));
			drag[at + step] = drag[at]!;
		};
		for (let y = 0; y < height; y++)
			for (let x = 0; x < width; x++) {
				const at = origin + y * stride + x;
				if (ground[at]! >= WALL_M) continue;
				for (const step of [-1, 1]) beyond(at, step);
				if (!(shared.north && y === 0)) beyond(at, -stride);
				if (!(shared.south && y === height - 1)) beyond(at, stride);
			}
		for (const [at, low] of edges) ground[at] = low;
		return Int32Array.from(edges.keys());
	}

	/** Depth at a cell, metres. */
	at(x: number, y: number): number {
		return this.depthM[this.origin + y * this.stride + x]!;
	}

	/** Puts water on a cell, metres of depth; counted as inflow. */
	pour(x: number, y: number, depthM: number): void {
		this.depthM[this.origin + y * this.stride + x]! += depthM;
		this.inflowM3 += depthM * this.cellM ** 2;
		this.deepestM = Math.max(this.deepestM, this.at(x, y));
	}

	/** The step that is stable now, seconds. */
	stableStepS(): number {
		if (!(this.deepestM > 0)) return this.#longestS;
		return Math.min(this.#longestS, (this.#courant * this.cellM) / Math.sqrt(G * this.deepestM));
	}

	/**
	 * One step.
	 *
	 * @param dtS - seconds, not above `stableStepS()`
	 * @param rainMmH - rain on every cell, mm/h
	 */
	step(dtS: number, rainMmH = 0): void {
		const { cellM } = this;
		// The rain of all steps adds up to the rain of the whole time, however it is rounded.
		const before = Math.fround(this.#rainSoFarM);
		this.#rainSoFarM += (rainMmH / 3.6e6) * dtS;
		const rain = Math.fround(this.#rainSoFarM) - before;
		const first = ABOVE + (this.#from > 0 ? 1 + this.#from : 0);
		const last = ABOVE + this.#to + (this.#to < this.height ? 0 : 1);
		this.deepestM = this.#kernel.step(first, last, dtS, dtS / cellM, rain);
		this.rainM3 += rain * this.#cells * cellM ** 2;
		this.#drain(rain);
		this.timeS += dtS;
		this.steps++;
	}

	/** What has reached an open edge is gone; rain that fell there was never counted. */
	#drain(rain: number): void {
		const { depthM } = this;
		let gone = 0;
		for (const at of this.#edges) {
			gone += depthM[at]! - rain;
			depthM[at] = 0;
		}
		this.outflowM3 += gone * this.cellM ** 2;
	}

	/** The rows that the neighbour on this side has to know after each step; to be passed to its `borrow`. */
	lend(side: 'north' | 'south'): Float32Array {
		const { stride } = this;
		const rows = new Float32Array(EXCHANGED * BORROWED * stride);
		const from = this.#rowStart(side === 'north' ? this.#from : this.#to - BORROWED);
		for (const [i, grid] of [this.depthM, this.fluxX, this.fluxY].entries())
			rows.set(grid.subarray(from, from + BORROWED * stride), i * BORROWED * stride);
		return rows;
	}

	/** Takes what the neighbour on this side has lent. */
	borrow(side: 'north' | 'south', rows: Float32Array): void {
		const size = BORROWED * this.stride;
		const from = this.#rowStart(side === 'north' ? 0 : this.#to);
		for (const [i, grid] of [this.depthM, this.fluxX, this.fluxY].entries())
			grid.set(rows.subarray(i * size, (i + 1) * size), from);
	}

	#rowStart(y: number): number {
		return (y + ABOVE + 1) * this.stride;
	}

	/** Water on the terrain, cubic metres. */
	storedM3(): number {
		let sum = 0;
		for (let y = this.#from; y < this.#to; y++) {
			const from = this.origin + y * this.stride;
			let row = 0;
			for (let x = 0; x < this.width; x++) row += this.depthM[from + x]!;
			sum += row;
		}
		return sum * this.cellM ** 2;
	}

	/** (stored + gone − come) / come: 0 when not a drop is lost. */
	massError(): number {
		const come = this.rainM3 + this.inflowM3;
		return come === 0 ? 0 : (this.storedM3() + this.outflowM3 - come) / come;
	}
}

/** Seven grids of `size` numbers, three spare rows and two more, behind one another. */
function open(stride: number, size: number) {
	const bytes = 4 * (5 * size + 5 * stride);
	const memory = new WebAssembly.Memory({ initial: Math.ceil((bytes + 1024) / PAGE) });
	compiled ??= new WebAssembly.Module(Uint8Array.from(atob(INERTIAL_WASM), (char) => char.charCodeAt(0)));
	const kernel = new WebAssembly.Instance(compiled, { env: { memory } }).exports as unknown as Kernel;
	const start = 1024;
	const address = (grid: number) => start + 4 * grid * size;
	const share = address(5);
	kernel.prepare(stride, ...[0, 3, 4, 1, 2].map(address), share, share + 4 * 3 * stride);
	const floats = (grid: number) => new Float32Array(memory.buffer, address(grid), size);
	return { floats, kernel };
}
