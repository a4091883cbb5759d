// What a benchmark says: our figure beside a limit or a peer measured in the same run, as a ratio.

export interface BenchRow {
	what: string;
	ours: string;
	beside: string;
	/** Ours against what stands beside it. */
	ratio: number;
	/** The ratio that must be reached; `ok` says whether it is. */
	limit: number;
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
