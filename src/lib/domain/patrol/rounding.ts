// Minutes are fractions, and sums of fractions round.

/** Sums of the same minutes in another order may differ by so much. */
export const ROUNDING = 1e-9;
