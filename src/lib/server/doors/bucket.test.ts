import { describe, expect, test } from 'vitest';
import type { Principal } from '#lib/domain/access/principal.ts';
import { createBuckets } from './bucket.ts';

const key = (id: string, devices: number): Principal => ({
	kind: 'token',
	id,
	name: id,
	scope: 'ingest',
	areas: ['330109'],
	deviceIds: Array.from({ length: devices }, (_, i) => `TC-${i}`),
});

function passed(take: (principal: Principal) => boolean, principal: Principal, times: number): number {
	return Array.from({ length: times }, () => take(principal)).filter(Boolean).length;
}

describe('how often a key may ask', () => {
	test('a device sends its stored minute at once, then two a second', () => {
		let clock = 0;
		const { take } = createBuckets(() => clock);
		expect(passed(take, key('a', 1), 100)).toBe(60);
		clock = 5000;
		expect(passed(take, key('a', 1), 100)).toBe(10);
	});

	test('a key for ten devices may do ten times that', () => {
		const { take } = createBuckets(() => 0);
		expect(passed(take, key('gateway', 10), 1000)).toBe(600);
	});

	test('one key that floods takes nothing from another', () => {
		const { take } = createBuckets(() => 0);
		passed(take, key('flood', 1), 10_000);
		expect(passed(take, key('quiet', 1), 10)).toBe(10);
	});

	test('a key that goes on flooding is sent away for a minute, and comes back by itself', () => {
		let clock = 0;
		const { take, inQuarantine } = createBuckets(() => clock);
		passed(take, key('flood', 1), 60 + 600);
		clock = 30_000;
		expect(passed(take, key('flood', 1), 10)).toBe(0);
		expect(inQuarantine()).toBe(1);
		expect(passed(take, key('quiet', 1), 10)).toBe(10);
		clock = 61_000;
		expect(passed(take, key('flood', 1), 10)).toBe(10);
		expect(inQuarantine()).toBe(0);
	});

	test('what waits for its turn, as on MQTT, is no flood', () => {
		const { take, inQuarantine } = createBuckets(() => 0);
		passed((principal) => take(principal, false), key('waits', 1), 10_000);
		expect(inQuarantine()).toBe(0);
	});

	test('a bucket never holds more than its burst, however long it was left alone', () => {
		let clock = 0;
		const { take } = createBuckets(() => clock);
		take(key('a', 1));
		clock = 24 * 3600 * 1000;
		expect(passed(take, key('a', 1), 1000)).toBe(60);
	});

	test('people have no bucket', () => {
		const { take } = createBuckets(() => 0);
		const person: Principal = { kind: 'person', id: 'p', name: '沈岚', isDemo: false, grants: [] };
		expect(passed(take, person, 5000)).toBe(5000);
	});
});
