import { expect, test } from 'vitest';
import { diskState, judgeDisk } from './disk.ts';

const rules = { diskWarn: { value: 0.85 }, diskStop: { value: 0.95 } };

test.each([
	['is well below the first mark', 0.8499, 'ok'],
	['warns on the first mark', 0.85, 'warn'],
	['warns below the second', 0.9499, 'warn'],
	['stops on the second mark', 0.95, 'stop'],
	['stops when full', 1, 'stop'],
] as const)('a disk %s', (_, used, state) => {
	expect(judgeDisk(used, 0, rules).state).toBe(state);
});

test('the disk below this folder can be asked', async () => {
	const { used, freeBytes } = await diskState('.');
	expect(used).toBeGreaterThan(0);
	expect(used).toBeLessThanOrEqual(1);
	expect(freeBytes).toBeGreaterThan(0);
});
