import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { paced } from './paced.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** How often work that takes so long is done in ten seconds. */
function timesInTenSeconds(tookMs: number): number {
	let times = 0;
	const work = () => {
		times++;
		vi.setSystemTime(Date.now() + tookMs);
	};
	const began = Date.now();
	const clock = vi.spyOn(performance, 'now').mockImplementation(() => Date.now() - began);
	const stop = paced(work, { everyMs: 100, atMostMs: 1000, share: 0.1 });
	while (Date.now() - began < 10_000) vi.advanceTimersToNextTimer();
	stop();
	clock.mockRestore();
	return times;
}

it.each([
	['that costs nothing is done ten times a second', 0, 100],
	['of 5 ms as well: it is less than a tenth of the time', 5, 100],
	['of 40 ms takes a tenth of the time', 40, 25],
	['of half a second is not put off for more than a second', 500, 7],
])('work %s', (_, tookMs, times) => {
	expect(Math.abs(timesInTenSeconds(tookMs) - times)).toBeLessThanOrEqual(1);
});

it('is over when it is stopped', () => {
	let times = 0;
	const stop = paced(() => times++, { everyMs: 100, atMostMs: 1000, share: 0.1 });
	vi.advanceTimersByTime(350);
	stop();
	vi.advanceTimersByTime(1000);
	expect(times).toBe(3);
});
