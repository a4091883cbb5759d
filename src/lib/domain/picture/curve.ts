// The order objects stand in: along a Hilbert curve over the picture's own bounds, so that neighbours on the ground
// are neighbours in the bytes. Order once when the register is read; positions rarely change.

const SIDE_BITS = 16;
const SIDE = 1 << SIDE_BITS;

/**
 * Place of a cell on the Hilbert curve that fills a square of 65,536 × 65,536 cells.
 *
 * @param x - column, 0 to 65,535
 * @param y - row, 0 to 65,535
 * @returns 0 to 2³² − 1
 */
export function hilbertPlace(x: number, y: number): number {
	let place = 0;
	for (let s = SIDE >> 1; s > 0; s >>= 1) {
		const rx = (x & s) > 0 ? 1 : 0;
		const ry = (y & s) > 0 ? 1 : 0;
		place = place * 4 + ((3 * rx) ^ ry);
		if (ry === 0) {
			if (rx === 1) {
				x = SIDE - 1 - x;
				y = SIDE - 1 - y;
			}
			[x, y] = [y, x];
		}
	}
	return place;
}

/**
 * Indexes of the positions in the order of the curve.
 *
 * @param positions - longitude and latitude interleaved
 * @throws RangeError above 2²¹ positions, where place and index no longer fit one exact number
 */
export function orderAlongCurve(positions: Float64Array): Uint32Array {
	const count = positions.length >>> 1;
	const INDEXES = 2 ** 21;
	if (count > INDEXES) throw new RangeError(`${count} positions; at most ${INDEXES} can be put in order.`);
	let west = Infinity,
		south = Infinity,
		east = -Infinity,
		north = -Infinity;
	for (let i = 0; i < count; i++) {
		const lng = positions[2 * i]!;
		const lat = positions[2 * i + 1]!;
		if (lng < west) west = lng;
		if (lng > east) east = lng;
		if (lat < south) south = lat;
		if (lat > north) north = lat;
	}
	const scaleX = east > west ? (SIDE - 1) / (east - west) : 0;
	const scaleY = north > south ? (SIDE - 1) / (north - south) : 0;
	const keys = new Float64Array(count);
	for (let i = 0; i < count; i++) {
		const x = Math.floor((positions[2 * i]! - west) * scaleX);
		const y = Math.floor((positions[2 * i + 1]! - south) * scaleY);
		keys[i] = hilbertPlace(x, y) * INDEXES + i;
	}
	keys.sort();
	const order = new Uint32Array(count);
	for (let i = 0; i < count; i++) order[i] = keys[i]! % INDEXES;
	return order;
}
