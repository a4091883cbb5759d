import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { stillOf } from './still.ts';

describe('the picture of a simulated camera', () => {
	test('is a small PNG, the same for the same event at the same camera', () => {
		const still = stillOf('AI-0001', 'smoke');
		expect(still.subarray(1, 4).toString('latin1')).toBe('PNG');
		expect([still.readUInt32BE(16), still.readUInt32BE(20)]).toEqual([160, 90]);
		const length = still.readUInt32BE(33);
		expect(inflateSync(still.subarray(41, 41 + length))).toHaveLength(90 * (160 * 3 + 1));
		expect(still.length).toBeLessThan(20_000);
		expect(stillOf('AI-0001', 'smoke').equals(still)).toBe(true);
		expect(stillOf('AI-0002', 'smoke').equals(still)).toBe(false);
	});
});
