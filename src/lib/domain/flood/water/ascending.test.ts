import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ascending } from './ascending.ts';

test('heights come from low to high, equal ones in the order in which they came', () => {
	const heights = fc.array(fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 2 ** 31 - 1 })));
	fc.assert(
		fc.property(heights, (keys) => {
			const expected = keys.map((_, at) => at).sort((a, b) => keys[a]! - keys[b]! || a - b);
			expect([...ascending(Int32Array.from(keys))]).toEqual(expected);
		}),
	);
});
