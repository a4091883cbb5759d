// Sorting of whole numbers by counting: twelve bits at a time, from the lowest.

const BITS = 12;
const MASK = 2 ** BITS - 1;

/**
 * Positions of the keys from low to high; equal ones stay as they come.
 *
 * @param keys - not negative
 */
export function ascending(keys: Int32Array): Int32Array {
	const count = keys.length;
	let order = new Int32Array(count);
	let other = new Int32Array(count);
	let highest = 0;
	for (let i = 0; i < count; i++) {
		order[i] = i;
		if (keys[i]! > highest) highest = keys[i]!;
	}
	for (let shift = 0; shift < 32 && highest >>> shift > 0; shift += BITS) {
		sortByDigit(keys, shift, order, other);
		[order, other] = [other, order];
	}
	return order;
}

function sortByDigit(keys: Int32Array, shift: number, order: Int32Array, sorted: Int32Array): void {
	const next = new Int32Array(MASK + 2);
	for (let i = 0; i < keys.length; i++) next[((keys[i]! >>> shift) & MASK) + 1]!++;
	for (let digit = 1; digit <= MASK; digit++) next[digit]! += next[digit - 1]!;
	for (let i = 0; i < order.length; i++) {
		const at = order[i]!;
		sorted[next[(keys[at]! >>> shift) & MASK]!++] = at;
	}
}
