import { describe, expect, test } from 'vitest';
import { ServerClock } from './server-clock.ts';

const clock = () => {
	const made = new ServerClock();
	made.note(1_000_000, { wallMs: 50_000, monotonicMs: 500 });
	return made;
};

describe('ServerClock', () => {
	test.each([
		['goes on with both clocks', { wallMs: 53_000, monotonicMs: 3500 }, 3000],
		['notices sleep by the wall clock', { wallMs: 3_650_000, monotonicMs: 700 }, 3_600_000],
		['is not fooled by a wall clock set back', { wallMs: 20_000, monotonicMs: 4500 }, 4000],
		['never goes backwards', { wallMs: 0, monotonicMs: 0 }, 0],
	])('%s', (_, now, silentMs) => {
		expect(clock().silentMs(now)).toBe(silentMs);
		expect(clock().now(now)).toBe(1_000_000 + silentMs);
	});

	test('knows nothing before the server spoke', () => {
		expect(new ServerClock().silentMs({ wallMs: 1, monotonicMs: 1 })).toBeNaN();
	});
});
