// One step of shallow water in the local inertial form (Bates, Horritt, Fewtrell 2010), four cells at a time.
// AssemblyScript: `scripts/water-kernel.mjs` compiles it into `inertial-wasm.ts`. What the numbers mean stands in
// `water-sheet.ts`. Rows run through four stages, each a row behind the one before: flux, outflow limit, limited flux,
// new depth; so memory is walked once per step. No clipping anywhere: what a cell cannot give is not asked of it.

/** Where less water than this would flow, nothing flows, metres. */
const DRY: f32 = 1e-5;
/** Ground from here on is a wall, metres; it gets no rain. */
const WALL: f32 = 1e5;
const G: f32 = 9.80665;
/** A cell gives at most this share of its water in a step, so that rounding never takes more than there is. */
const GIVES: f32 = 0.99999;

let bytes: usize;
let depth: usize;
let ground: usize;
/** g·n² per cell, n the Manning roughness. */
let drag: usize;
/** Flux into a cell from its left and from its upper neighbour, m² per second. */
let fluxX: usize;
let fluxY: usize;
/** Share of the asked outflow that a cell can give; three rows in turn. */
let share: usize;
/** fluxX of the last two rows as it was before this step. */
let before: usize;

/** @param stride - cells of a row with its margins, a multiple of four; the rest are addresses in bytes */
export function prepare(
	stride: i32,
	depthAt: usize,
	groundAt: usize,
	dragAt: usize,
	fluxXAt: usize,
	fluxYAt: usize,
	shareAt: usize,
	beforeAt: usize,
): void {
	bytes = (<usize>stride) << 2;
	depth = depthAt;
	ground = groundAt;
	drag = dragAt;
	fluxX = fluxXAt;
	fluxY = fluxYAt;
	share = shareAt;
	before = beforeAt;
}

/**
 * Moves the water of the rows `first` to `last` on by `dt` seconds. Two rows on either side are read.
 *
 * @param dtOverDx - seconds per metre of cell
 * @param rain - metres that fall on every cell in this step
 * @returns the greatest depth, metres
 */
export function step(first: i32, last: i32, dt: f32, dtOverDx: f32, rain: f32): f32 {
	let deepest: f32 = 0;
	memory.copy(before + (<usize>(first & 1)) * bytes, fluxX + (<usize>(first - 2)) * bytes, bytes);
	let wasShort = false;
	for (let y = first - 1; y <= last + 2; y++) {
		fluxRow(y, dt, dtOverDx);
		if (y < first) continue;
		const isShort = limitRow(y - 1, dtOverDx);
		if (y === first) {
			wasShort = isShort;
			continue;
		}
		if (isShort || wasShort) applyRow(y - 1);
		wasShort = isShort;
		if (y > first + 1) deepest = max(deepest, settleRow(y - 2, dtOverDx, rain));
	}
	return deepest;
}

/** Cube root of positive numbers: a guess from the exponent and one step of Halley, good to 1e-4. */
// @ts-ignore: decorator
@inline
function cubeRoot(x: v128): v128 {
	const third = i32x4.trunc_sat_f32x4_s(f32x4.mul(f32x4.convert_i32x4_s(x), f32x4.splat(1.0 / 3.0)));
	const y = i32x4.add(third, i32x4.splat(709921077));
	const cube = f32x4.mul(f32x4.mul(y, y), y);
	const top = f32x4.add(cube, f32x4.add(x, x));
	return f32x4.mul(y, f32x4.div(top, f32x4.add(f32x4.add(cube, cube), x)));
}

/**
 * New flux through four faces: gravity pushes, the bed brakes with the whole flux vector.
 *
 * @param q - flux before, from side 0 to side 1
 * @param cross - flux along the faces
 * @param rise - ground of side 1 above that of side 0, metres
 */
// @ts-ignore: decorator
@inline
function flux(q: v128, cross: v128, h0: v128, h1: v128, rise: v128, drags: v128, dt: v128, push: v128): v128 {
	const zero = f32x4.splat(0);
	const dry = f32x4.splat(DRY);
	// Depth of the flow: the higher water over the higher ground.
	const flow = f32x4.max(f32x4.sub(h0, f32x4.max(rise, zero)), f32x4.add(h1, f32x4.min(rise, zero)));
	const deep = f32x4.max(flow, dry);
	const slope = f32x4.add(rise, f32x4.sub(h1, h0));
	const whole = f32x4.sqrt(f32x4.add(f32x4.mul(q, q), f32x4.mul(cross, cross)));
	const deep73 = f32x4.mul(f32x4.mul(deep, deep), cubeRoot(deep));
	const pushed = f32x4.sub(q, f32x4.mul(push, f32x4.mul(deep, slope)));
	const braked = f32x4.div(f32x4.mul(pushed, deep73), f32x4.add(deep73, f32x4.mul(f32x4.mul(dt, drags), whole)));
	return v128.and(braked, f32x4.gt(flow, dry));
}

/** The four numbers one place to the left. */
// @ts-ignore: decorator
@inline
function toLeft(left: v128, here: v128): v128 {
	return v128.shuffle<f32>(left, here, 3, 4, 5, 6);
}

function fluxRow(y: i32, dt: f32, dtOverDx: f32): void {
	const dts = f32x4.splat(dt);
	const push = f32x4.splat(G * dtOverDx);
	const quarter = f32x4.splat(0.25);
	const half = f32x4.splat(0.5);
	const zero = f32x4.splat(0);
	const row = (<usize>y) * bytes;
	const now = before + (<usize>(y & 1)) * bytes;
	const above = before + (<usize>((y + 1) & 1)) * bytes;
	memory.copy(now, fluxX + row, bytes);
	let hBefore = zero;
	let zBefore = v128.load(ground + row);
	let kBefore = v128.load(drag + row);
	let qyBefore = zero;
	let downBefore = zero;
	for (let at: usize = 16; at < bytes - 16; at += 16) {
		const i = row + at;
		const h = v128.load(depth + i);
		const hUp = v128.load(depth + i - bytes);
		const z = v128.load(ground + i);
		const k = v128.load(drag + i);
		const qy = v128.load(fluxY + i);
		const down = v128.load(fluxY + i + bytes);
		if (v128.any_true(v128.or(v128.or(h, hBefore), hUp))) {
			const qx = v128.load(now + at);
			const crossX = f32x4.mul(
				quarter,
				f32x4.add(f32x4.add(qy, down), f32x4.add(toLeft(qyBefore, qy), toLeft(downBefore, down))),
			);
			const crossY = f32x4.mul(
				quarter,
				f32x4.add(f32x4.add(qx, v128.load(now + at + 4)), f32x4.add(v128.load(above + at), v128.load(above + at + 4))),
			);
			const kLeft = f32x4.mul(half, f32x4.add(k, toLeft(kBefore, k)));
			const kUp = f32x4.mul(half, f32x4.add(k, v128.load(drag + i - bytes)));
			const riseX = f32x4.sub(z, toLeft(zBefore, z));
			const riseY = f32x4.sub(z, v128.load(ground + i - bytes));
			v128.store(fluxX + i, flux(qx, crossX, toLeft(hBefore, h), h, riseX, kLeft, dts, push));
			v128.store(fluxY + i, flux(qy, crossY, hUp, h, riseY, kUp, dts, push));
		} else {
			v128.store(fluxX + i, zero);
			v128.store(fluxY + i, zero);
		}
		hBefore = h;
		zBefore = z;
		kBefore = k;
		qyBefore = qy;
		downBefore = down;
	}
}

/** @returns whether some cell of the row is asked for more than it has */
function limitRow(y: i32, dtOverDx: f32): bool {
	const zero = f32x4.splat(0);
	const one = f32x4.splat(1);
	const ratio = f32x4.splat(dtOverDx);
	const gives = f32x4.splat(GIVES);
	const row = (<usize>y) * bytes;
	const to = share + (<usize>(y % 3)) * bytes;
	let some = zero;
	for (let at: usize = 16; at < bytes - 16; at += 16) {
		const i = row + at;
		const right = f32x4.max(v128.load(fluxX + i + 4), zero);
		const left = f32x4.min(v128.load(fluxX + i), zero);
		const down = f32x4.max(v128.load(fluxY + i + bytes), zero);
		const up = f32x4.min(v128.load(fluxY + i), zero);
		const asked = f32x4.mul(ratio, f32x4.sub(f32x4.add(right, down), f32x4.add(left, up)));
		const has = f32x4.mul(gives, v128.load(depth + i));
		const isShort = f32x4.gt(asked, has);
		some = v128.or(some, isShort);
		v128.store(to + at, v128.bitselect(f32x4.div(has, asked), one, isShort));
	}
	return v128.any_true(some);
}

/** Cuts the fluxes into a row, from the left and from above, to what the giving cell can give. */
function applyRow(y: i32): void {
	const zero = f32x4.splat(0);
	const row = (<usize>y) * bytes;
	const here = share + (<usize>(y % 3)) * bytes;
	const above = share + (<usize>((y + 2) % 3)) * bytes;
	for (let at: usize = 16; at < bytes - 16; at += 16) {
		const i = row + at;
		const own = v128.load(here + at);
		const qx = v128.load(fluxX + i);
		const fromLeft = v128.bitselect(v128.load(here + at - 4), own, f32x4.gt(qx, zero));
		v128.store(fluxX + i, f32x4.mul(qx, fromLeft));
		const qy = v128.load(fluxY + i);
		const fromUp = v128.bitselect(v128.load(above + at), own, f32x4.gt(qy, zero));
		v128.store(fluxY + i, f32x4.mul(qy, fromUp));
	}
}

function settleRow(y: i32, dtOverDx: f32, rain: f32): f32 {
	const ratio = f32x4.splat(dtOverDx);
	const wall = f32x4.splat(WALL);
	const falls = f32x4.splat(rain);
	const row = (<usize>y) * bytes;
	let deepest = f32x4.splat(0);
	for (let at: usize = 16; at < bytes - 16; at += 16) {
		const i = row + at;
		const across = f32x4.sub(v128.load(fluxX + i), v128.load(fluxX + i + 4));
		const along = f32x4.sub(v128.load(fluxY + i), v128.load(fluxY + i + bytes));
		const wet = v128.and(falls, f32x4.lt(v128.load(ground + i), wall));
		const change = f32x4.add(f32x4.mul(ratio, f32x4.add(across, along)), wet);
		const h = f32x4.add(v128.load(depth + i), change);
		v128.store(depth + i, h);
		deepest = f32x4.pmax(deepest, h);
	}
	return max(
		max(f32x4.extract_lane(deepest, 0), f32x4.extract_lane(deepest, 1)),
		max(f32x4.extract_lane(deepest, 2), f32x4.extract_lane(deepest, 3)),
	);
}
