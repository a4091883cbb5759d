// Percents of one whole as a person reads them.

/**
 * Rounded to whole percents that add up to 100: what rounding down leaves over goes to those that lost most by it, the
 * first of equals first.
 *
 * @param shares - ≥ 0, in any unit; all zero where there is nothing to share
 */
export function wholePercents(shares: readonly number[]): number[] {
	const whole = shares.reduce((sum, share) => sum + share, 0);
	if (whole === 0) return shares.map(() => 0);
	const exact = shares.map((share) => (share / whole) * 100);
	const rounded = exact.map(Math.floor);
	const left = 100 - rounded.reduce((sum, share) => sum + share, 0);
	const byLoss = exact
		.map((share, i) => ({ i, loss: share - rounded[i]! }))
		.sort((a, b) => b.loss - a.loss || a.i - b.i);
	for (const { i } of byLoss.slice(0, left)) rounded[i]!++;
	return rounded;
}
