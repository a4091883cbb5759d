// How long to wait before the next try: longer each time, up to a limit, and from the start again after a success.

export interface Backoff {
	/** Milliseconds to wait after one more failure. */
	failed(): number;
	succeeded(): void;
}

export function backoff(firstMs: number, longestMs: number): Backoff {
	let nextMs = firstMs;
	return {
		failed() {
			const now = nextMs;
			nextMs = Math.min(longestMs, nextMs * 2);
			return now;
		},
		succeeded() {
			nextMs = firstMs;
		},
	};
}
