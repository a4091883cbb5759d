// How long the loop of this process stands still: while it does, nobody is answered and nothing is judged.

import { monitorEventLoopDelay } from 'node:perf_hooks';

export interface LoopWatch {
	/** The worst of the last window that has ended or the running one, seconds. */
	worstS(): number;
	/** 99th percentile of the running window, seconds. */
	p99S(): number;
	stop(): void;
}

const RESOLUTION_MS = 20;
const WINDOW_MS = 10_000;

export function watchLoop(windowMs = WINDOW_MS): LoopWatch {
	const histogram = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
	histogram.enable();
	let lastWorst = 0;
	const timer = setInterval(() => {
		lastWorst = histogram.max;
		histogram.reset();
	}, windowMs).unref();
	const seconds = (ns: number): number => Math.max(0, ns / 1e9 - RESOLUTION_MS / 1000);
	return {
		worstS: () => seconds(Math.max(lastWorst, histogram.max)),
		p99S: () => (Number.isFinite(histogram.percentile(99)) ? seconds(histogram.percentile(99)) : 0),
		stop() {
			clearInterval(timer);
			histogram.disable();
		},
	};
}
