import { describe, expect, test } from 'vitest';
import { seeded } from './random.ts';

describe('seeded', () => {
	test('gives the same numbers for the same seed and others for another', () => {
		const drawn = (seed: string | number) => Array.from({ length: 50 }, seeded(seed).next);
		expect(drawn(7)).toEqual(drawn('7'));
		expect(drawn(7)).not.toEqual(drawn(8));
	});

	test('spreads evenly over 0 to 1', () => {
		const random = seeded('even');
		const tenths = new Array<number>(10).fill(0);
		for (let draw = 0; draw < 100_000; draw++) tenths[Math.floor(random.next() * 10)]! += 1;
		for (const count of tenths) expect(Math.abs(count - 10_000)).toBeLessThan(500);
	});

	test('a fork leaves its parent as it was', () => {
		const [one, other] = [seeded(1), seeded(1)];
		other.fork('x').next();
		expect(one.next()).toBe(other.next());
	});

	test('whole numbers include both ends', () => {
		const random = seeded('ends');
		const seen = new Set(Array.from({ length: 200 }, () => random.whole(2, 4)));
		expect([...seen].sort()).toEqual([2, 3, 4]);
	});

	test('an entry without weight is never picked', () => {
		const random = seeded('weights');
		const seen = new Set(
			Array.from({ length: 500 }, () =>
				random.weighted([
					['a', 0],
					['b', 1],
					['c', 3],
					['d', 0],
				] as const),
			),
		);
		expect([...seen].sort()).toEqual(['b', 'c']);
		expect(() => random.weighted([['a', 0]])).toThrow(/no weight/);
	});

	test('normal has mean 0 and deviation 1', () => {
		const random = seeded('normal');
		const drawn = Array.from({ length: 20_000 }, () => random.normal());
		const mean = drawn.reduce((sum, value) => sum + value, 0) / drawn.length;
		const deviation = Math.sqrt(drawn.reduce((sum, value) => sum + (value - mean) ** 2, 0) / drawn.length);
		expect(mean).toBeCloseTo(0, 1);
		expect(deviation).toBeCloseTo(1, 1);
	});

	test('UUIDs have the form of version 4 and differ', () => {
		const random = seeded('uuid');
		const made = new Set(Array.from({ length: 10_000 }, () => random.uuid()));
		expect(made.size).toBe(10_000);
		for (const id of made) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
	});

	test('a shuffled list holds the same entries', () => {
		const list = Array.from({ length: 30 }, (_, at) => at);
		const shuffled = seeded(3).shuffled(list);
		expect(shuffled).not.toEqual(list);
		expect([...shuffled].sort((a, b) => a - b)).toEqual(list);
	});
});
