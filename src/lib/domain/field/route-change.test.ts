import { describe, expect, test } from 'vitest';
import {
	changesOf,
	changeToAnswer,
	withAnswer,
	withNewest,
	type RouteChange,
	type RouteChanges,
} from './route-change.ts';

const change = (at: string): RouteChange => ({
	...{ at, why: `为${at}`, key: 's1', moved: [], dropped: [], answer: null },
	...{ before: { minutes: 0, stops: [] }, after: { minutes: 0, stops: [] } },
});
const no = { accepted: false, reason: '车坏了', by: '甲' };
const told = (all: RouteChanges) => changesOf(all).map(({ at, answer }) => [at, answer?.accepted]);

describe('changes of a route', () => {
	const three = withNewest(withNewest(withNewest(null, change('7:00')), change('8:00')), change('9:00'));

	test('stand beside each other, the newest first', () => {
		expect(told(three)).toEqual([
			['9:00', undefined],
			['8:00', undefined],
			['7:00', undefined],
		]);
		expect(changesOf(null)).toEqual([]);
	});

	test('are answered one by one, and a later one keeps what was answered before it', () => {
		const answered = withNewest(withAnswer(three, '8:00', no), change('10:00'));
		expect(told(answered)).toEqual([
			['10:00', undefined],
			['9:00', undefined],
			['8:00', false],
			['7:00', undefined],
		]);
	});

	test('a phone that names none means the newest; one that was never made is none', () => {
		expect(changeToAnswer(three)?.at).toBe('9:00');
		expect(changeToAnswer(three, '7:00')?.at).toBe('7:00');
		expect(changeToAnswer(three, '6:00')).toBeUndefined();
		expect(changeToAnswer(null)).toBeUndefined();
	});
});
