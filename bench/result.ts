// What a benchmark says: our figure beside a limit or a peer measured in the same run, as a ratio.

export interface BenchRow {
	what: string;
	ours: string;
	beside: string;
	/** Ours against what stands beside it; null: what stands there is no number of the same thing. */
	ratio: number | null;
	/** The ratio that must be reached; `ok` says whether it is. null: nothing has to be, it is told for comparison. */
	limit: number | null;
	ok: boolean;
}

export interface BenchResult {
	name: string;
	rows: BenchRow[];
}

/** The middle one of several measurements. */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[sorted.length >> 1] ?? NaN;
}

/** The value that a share of the sorted values lies below; NaN of none. */
export function percentile(sorted: readonly number[], share: number): number {
	return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN;
}
