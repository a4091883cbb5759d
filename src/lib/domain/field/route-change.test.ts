import { describe, expect, test } from 'vitest';
import {
	changesOf,
	changeToAnswer,
	madeAgain,
	toldOnce,
	withAnswer,
	withNewest,
	type RouteChange,
	type RouteChanges,
} from './route-change.ts';

const at = (hour: number) => new Date(Date.UTC(2026, 10, 20, hour)).toISOString();
const change = (at: string): RouteChange => ({
	...{ at, why: '塔吊力矩报警', key: 's1', moved: [], dropped: [], answer: null },
	...{ before: { minutes: 0, stops: [] }, after: { minutes: 0, stops: [] } },
});
const no = { accepted: false, reason: '车坏了', by: '甲' };
const told = (all: RouteChanges) => changesOf(all).map(({ at, answer }) => [at, answer?.accepted]);

describe('changes of a route', () => {
	const three = withNewest(withNewest(withNewest(null, change(at(7))), change(at(8))), change(at(9)));

	test('stand beside each other, the newest first', () => {
		expect(told(three)).toEqual([
			[at(9), undefined],
			[at(8), undefined],
			[at(7), undefined],
		]);
		expect(changesOf(null)).toEqual([]);
	});

	test('are answered one by one, and a later one keeps what was answered before it', () => {
		const answered = withNewest(withAnswer(three, at(8), no), change(at(10)));
		expect(told(answered)).toEqual([
			[at(10), undefined],
			[at(9), undefined],
			[at(8), false],
			[at(7), undefined],
		]);
	});

	test('two within one millisecond are two, and each is answered by itself', () => {
		const both = withNewest(withNewest(three, change(at(9))), change(at(9)));
		const [newest, before] = changesOf(both);
		expect(new Set(changesOf(both).map((one) => one.at)).size).toBe(5);
		const answered = withAnswer(both, before!.at, no);
		expect(changeToAnswer(answered, newest!.at)?.answer).toBeNull();
		expect(changeToAnswer(answered, before!.at)?.answer).toEqual(no);
	});

	test('one emergency that a team was asked about twice waits for its answer once', () => {
		const twice = changesOf(withNewest(three, { ...change(at(10)), key: 's2' }));
		expect(toldOnce(twice).map(({ at, key }) => [at, key])).toEqual([
			[at(10), 's2'],
			[at(9), 's1'],
		]);
		const answered = changesOf(withAnswer(three, at(8), no));
		expect(toldOnce(answered).map(({ at }) => at)).toEqual([at(9), at(8)]);
	});

	test('a phone that names none means the newest; one that was never made is none', () => {
		expect(changeToAnswer(three)?.at).toBe(at(9));
		expect(changeToAnswer(three, at(7))?.at).toBe(at(7));
		expect(changeToAnswer(three, at(6))).toBeUndefined();
		expect(changeToAnswer(null)).toBeUndefined();
	});

	test('a team that gets nothing but its own stops back makes them again; with anything new it is asked', () => {
		const day = (...keys: string[]) => ({ minutes: 0, stops: keys.map((key, i) => ({ key, start: 540 + i })) });
		expect(madeAgain({ before: day('a'), after: day('a', 'b') }, ['b', 'c'])).toEqual(['b']);
		expect(madeAgain({ before: day('a'), after: day('a', 'b', 'new') }, ['b'])).toEqual([]);
		expect(madeAgain({ before: day('a', 'b'), after: day('b', 'a') }, ['c'])).toEqual([]);
	});
});
