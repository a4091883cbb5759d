// How long the event loop was held up by this program itself: time its main thread spent computing between two ticks of a
// timer. What other programs on the machine take away does not count, where the system tells the difference (Linux).

import { readFileSync } from 'node:fs';

const TICK_MS = 5;

export function watchLoop(): { longestMs(): number; stop(): void } {
	let [wall, computed] = [performance.now(), computedMs()];
	let longest = 0;
	const timer = setInterval(() => {
		const [now, done] = [performance.now(), computedMs()];
		longest = Math.max(
			longest,
			Math.min(now - wall, done === undefined || computed === undefined ? Infinity : done - computed),
		);
		[wall, computed] = [now, done];
	}, TICK_MS);
	return { longestMs: () => longest, stop: () => clearInterval(timer) };
}

/** Milliseconds the main thread has been on a processor; undefined where the system does not say. */
function computedMs(): number | undefined {
	try {
		return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
	} catch {
		return undefined;
	}
}
