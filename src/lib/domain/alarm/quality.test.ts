import { describe, expect, test } from 'vitest';
import { qualityRules } from '../../../../db/rules/alarm-quality.ts';
import { judgeQuality, type Raise } from './quality.ts';

const MIN = 60_000;
const raise = (minute: number, more: Partial<Raise> = {}): Raise => ({
	...{ atMs: minute * MIN, rowId: `${minute}`, source: 'TC-1 wind', level: 'notice', answeredMs: null },
	...more,
});
const judge = (raises: Raise[], minutes = 60, officers = 1) =>
	judgeQuality(raises, 0, minutes * MIN, officers, qualityRules);

describe('the quality of the alarm system', () => {
	test('counts by ten minutes what stands on the board, an incident once', () => {
		const storm = Array.from({ length: 100 }, (_, i) => raise(i / 100, { rowId: 'gale' }));
		expect(judge([...storm, raise(11), raise(12)])).toMatchObject({
			...{ raised: 102, rows: 3, tenMin: [1, 2, 0, 0, 0, 0], perTenMin: 0.5, mostInTenMin: 2 },
		});
	});
	test('shares the load among the officers on duty', () => {
		expect(judge([raise(1), raise(2)], 10, 2)).toMatchObject({ perTenMin: 1, mostInTenMin: 1 });
	});
	test('a flood begins above ten in ten minutes and ends below five', () => {
		const many = (bucket: number, n: number) =>
			Array.from({ length: n }, (_, i) => raise(bucket * 10 + (i * 9) / n, { rowId: `${bucket}/${i}` }));
		const calm = judge([...many(0, 10)]);
		expect(calm.floods).toEqual([]);
		const flood = judge([...many(1, 11), ...many(2, 6), ...many(3, 4)]);
		expect(flood.floods).toEqual([{ fromMs: 10 * MIN, toMs: 30 * MIN, most: 11 }]);
		expect(flood.floodShare).toBeCloseTo(100 / 3, 5);
	});
	test('three of one source within a minute is chattering', () => {
		const chatter = [0, 0.4, 0.9].map((minute) => raise(minute, { source: 'H-1 load' }));
		const slow = [0, 0.7, 1.4].map((minute) => raise(minute, { source: 'H-2 load' }));
		expect(judge([...chatter, ...slow]).chattering).toEqual([{ source: 'H-1 load', times: 1 }]);
	});
	test('names the busiest sources, the mix of levels, and how long an answer took', () => {
		const report = judge([
			raise(1, { answeredMs: 30_000 }),
			raise(2, { answeredMs: 90_000, level: 'danger' }),
			raise(3, { source: 'TC-2 moment', answeredMs: 60_000 }),
			raise(4),
		]);
		expect(report.sources).toBe(2);
		expect(report.top[0]).toEqual({ source: 'TC-1 wind', count: 3, share: 75 });
		expect(report.mix).toEqual({ notice: 75, warning: 0, danger: 25 });
		expect(report).toMatchObject({ medianAnswerS: 60, unanswered: 1 });
	});
	test('an empty time is an empty report, not a division by nothing', () => {
		expect(judge([])).toMatchObject({ raised: 0, topTenShare: 0, medianAnswerS: null, perTenMin: 0 });
	});
});
