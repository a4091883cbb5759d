import { describe, expect, test } from 'vitest';
import { NO_VALUE } from '#lib/domain/picture/columns.ts';
import { CraneTurns } from './crane-turns.ts';

/** A crane that reported `before` at 10 s and `after` at 15 s. */
function turned(before: number, after: number): CraneTurns {
	const turns = new CraneTurns(1);
	turns.take(0, NO_VALUE, before, 10_000);
	turns.take(0, before, after, 15_000);
	return turns;
}

describe('CraneTurns', () => {
	test('a jib travels to its reading in the time that the reading took to come', () => {
		const turns = turned(900, 1000);
		expect([15_000, 17_500, 20_000].map((now) => turns.shown(0, 1000, now))).toEqual([900, 950, 1000]);
		expect(turns.untilMs).toBe(20_000);
	});

	test('it goes the shorter way round, through north as well', () => {
		expect(turned(3550, 50).shown(0, 50, 17_500)).toBe(0);
		expect(turned(50, 3550).shown(0, 3550, 17_500)).toBe(0);
	});

	test('without a new reading it stands where it was last seen, and never runs ahead', () => {
		expect(turned(900, 1000).shown(0, 1000, 60_000)).toBe(1000);
	});

	test('a reading that comes early starts from where the jib is shown', () => {
		const turns = turned(900, 1000);
		turns.take(0, 1000, 1100, 17_500);
		expect(turns.shown(0, 1100, 17_500)).toBe(950);
		expect(turns.shown(0, 1100, 20_000)).toBe(1100);
	});

	test('the first reading is shown where it is', () => {
		const turns = new CraneTurns(1);
		turns.take(0, NO_VALUE, 900, 10_000);
		expect(turns.shown(0, 900, 10_000)).toBe(900);
		expect(turns.untilMs).toBe(-Infinity);
	});

	test('after a minute of silence the jib comes to its reading in seconds', () => {
		const turns = new CraneTurns(1);
		turns.take(0, NO_VALUE, 900, 10_000);
		turns.take(0, 900, 1000, 70_000);
		expect(turns.shown(0, 1000, 77_500)).toBe(1000);
	});

	test('works on when the clock of the page begins again', () => {
		const turns = new CraneTurns(1);
		turns.take(0, NO_VALUE, 900, 6_550_000);
		turns.take(0, 900, 1000, 6_553_000);
		expect(turns.shown(0, 1000, 6_554_500)).toBe(950);
		expect(turns.shown(0, 1000, 6_556_000)).toBe(1000);
	});
});
