import { afterEach, expect, test, vi } from 'vitest';
import { Clock } from './clock.svelte.ts';

afterEach(() => vi.useRealTimers());

test('a page counts by the time it is given, not by the clock of the machine before which somebody sits', () => {
	vi.useFakeTimers({ now: new Date('2026-11-20T07:20:00Z') });
	const clock = new Clock();
	const stop = clock.follow(() => new Date('2026-11-20T08:00:30Z'));
	vi.advanceTimersByTime(1000);
	expect(clock.secondsSince('2026-11-20T08:00:00Z')).toBe(30);
	stop();
});
