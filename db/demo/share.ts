// Shares a whole number out by weight, to the last one.

/**
 * Largest remainders: every entry gets its rounded-down part, the rest goes to the largest fractions, first come first.
 *
 * @param cap - most an entry may get; what it would have got beyond goes to the others
 * @throws RangeError when the caps do not hold the total
 */
export function shareOut(total: number, weights: readonly number[], cap: (index: number) => number): number[] {
	const shares = weights.map(() => 0);
	let left = total;
	while (left > 0) {
		const open = weights.map((weight, index) => (shares[index]! < cap(index) ? weight : 0));
		const sum = open.reduce((a, b) => a + b, 0);
		if (!(sum > 0)) throw new RangeError(`${left} of ${total} do not fit under the caps.`);
		const exact = open.map((weight) => (weight / sum) * left);
		let given = 0;
		for (const [index, part] of exact.entries()) {
			const more = Math.min(Math.floor(part), cap(index) - shares[index]!);
			shares[index]! += more;
			given += more;
		}
		if (given === 0) {
			const order = exact.map((part, index) => ({ part, index })).sort((a, b) => b.part - a.part || a.index - b.index);
			for (const { part, index } of order) {
				if (given === left || part === 0) break;
				shares[index]! += 1;
				given += 1;
			}
		}
		left -= given;
	}
	return shares;
}
