import { expect, test } from 'vitest';
import { evaluate } from '../patrol/evaluate.ts';
import { compile } from '../patrol/model.ts';
import type { Problem } from '../patrol/problem.ts';
import { solveByRounds } from '../patrol/solve.ts';
import { pinsOf, pinTimes } from './pin-times.ts';
import { TEMPLATE } from './template.ts';

const estimate = { detour: 1.3, speedKmh: 30 };
const { windows, shift } = TEMPLATE.daily;
const problem: Problem = {
	places: ['base', 'a', 'b'].map((id, i) => ({ id, at: [120.2 + i * 0.02, 30.1] as [number, number] })),
	teams: [{ id: 't1', from: 'base', to: 'base', shift }],
	visits: ['a', 'b'].map((place) => ({ id: `s${place}`, place, minutes: 40, windows })),
	weights: { minutes: 1 },
};

test('a visit that is promised for ten to three begins at ten to three, and the day is planned around it', () => {
	const pinned = pinTimes(problem, TEMPLATE.daily, { sa: 890 });
	const { routes, left } = solveByRounds(pinned, { seed: 1, rounds: 300, estimate });
	expect(left).toEqual([]);
	expect(routes[0]!.stops.find(({ visit }) => visit === 'sa')!.start).toBe(890);
});

test('a team that comes too late for it breaks a rule, and is told by how much', () => {
	const pinned = pinTimes(problem, TEMPLATE.daily, { sb: 520 });
	const { broken } = evaluate(compile(pinned, estimate), [{ team: 't1', visits: ['sa', 'sb'] }]);
	expect(broken).toMatchObject([{ rule: 'window', visit: 'sb' }]);
});

test('a pin that is taken away leaves the visit open as on any day of its kind', () => {
	const pinned = pinTimes(problem, TEMPLATE.daily, { sa: 890 });
	expect(pinTimes(pinned, TEMPLATE.daily, {}, { sa: 890 })).toEqual(problem);
	expect(pinTimes(problem, TEMPLATE.daily, {})).toBe(problem);
	expect(pinsOf([{ key: 'sa', pinnedAt: 890 }, { key: 'sb' }])).toEqual({ sa: 890 });
});
