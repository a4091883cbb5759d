import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	judge,
	pause,
	quiet,
	resumed,
	wait,
	type Change,
	type ConditionRules,
	type ConditionState,
} from './condition.ts';

const rule = (value: number, unit = '') => ({ value, unit, source: 'test', confidence: 'assumed' as const });
const moment: ConditionRules = {
	key: 'test.moment',
	limits: [
		{ level: 'warning', from: rule(90, '%'), confirmations: rule(1) },
		{ level: 'danger', from: rule(100, '%'), confirmations: rule(1) },
	],
	deadband: rule(5, '%'),
	onDelay: rule(3, 's'),
	offDelay: rule(30, 's'),
	isLatched: false,
};
const settlement: ConditionRules = {
	...moment,
	limits: moment.limits.map((limit) => ({ ...limit, confirmations: rule(2) })),
	onDelay: rule(0, 's'),
	offDelay: rule(0, 's'),
	isLatched: true,
};

/** Feeds [second, value] pairs; a value of undefined lets time pass without a reading. */
function play(rules: ConditionRules, steps: readonly (readonly [number, number | undefined])[], state = quiet(rules)) {
	const changes: string[] = [];
	for (const [second, value] of steps) {
		const atMs = second * 1000;
		const change = value === undefined ? wait(state, rules, atMs) : judge(state, rules, atMs, value);
		if (change) changes.push(`${change} ${state.open?.level ?? ''}@${second}`.replace(' @', '@'));
	}
	return { changes, state };
}

describe('a condition', () => {
	test.each<[string, ConditionRules, (readonly [number, number | undefined])[], string[]]>([
		[
			'stays quiet below the limit',
			moment,
			[
				[0, 89.9],
				[5, 89.9],
			],
			[],
		],
		[
			'is not raised by a value shorter than the on-delay',
			moment,
			[
				[0, 95],
				[2, 80],
				[6, 80],
			],
			[],
		],
		[
			'is raised when the value has lasted',
			moment,
			[
				[0, 90],
				[5, 90],
			],
			['raised warning@5'],
		],
		[
			'is raised by time alone, because the last value holds',
			moment,
			[
				[0, 90],
				[2.9, undefined],
				[3, undefined],
			],
			['raised warning@3'],
		],
		[
			'goes straight to danger',
			moment,
			[
				[0, 104],
				[3, undefined],
			],
			['raised danger@3'],
		],
		[
			'gets graver after the delay of the graver limit',
			moment,
			[
				[0, 92],
				[5, 101],
				[6, 101],
				[8, 101],
			],
			['raised warning@5', 'changed danger@8'],
		],
		[
			'keeps its level inside the deadband',
			moment,
			[
				[0, 101],
				[5, 101],
				[10, 96],
				[60, 95],
				[120, 95],
			],
			['raised danger@5'],
		],
		[
			'gets lighter only after the off-delay',
			moment,
			[
				[0, 101],
				[5, 101],
				[10, 92],
				[39, undefined],
				[40, undefined],
			],
			['raised danger@5', 'changed warning@40'],
		],
		[
			'is over after the off-delay',
			moment,
			[
				[0, 95],
				[5, 95],
				[10, 50],
				[39, 50],
				[40, 50],
			],
			['raised warning@5', 'cleared@40'],
		],
		[
			'counts the off-delay anew after a relapse',
			moment,
			[
				[0, 95],
				[5, 95],
				[10, 50],
				[35, 95],
				[40, 50],
				[69, 50],
				[70, 50],
			],
			['raised warning@5', 'cleared@70'],
		],
		[
			'of a pit needs two readings in a row',
			settlement,
			[
				[0, 95],
				[3600, 50],
				[7200, 95],
				[10800, 95],
			],
			['raised warning@10800'],
		],
		[
			'that is latched stays open however calm it is',
			settlement,
			[
				[0, 95],
				[60, 95],
				[120, 10],
				[9999, undefined],
			],
			['raised warning@60'],
		],
	])('%s', (_, rules, steps, expected) => {
		expect(play(rules, steps).changes).toEqual(expected);
	});

	test('counts every return and keeps the highest value in one alarm', () => {
		const { state } = play(moment, [
			[0, 97],
			[5, 93],
			[10, 50],
			[15, 99],
			[20, 50],
			[25, 91],
		]);
		expect(state.open).toMatchObject({ level: 'warning', raisedMs: 0, lastMs: 25_000, peak: 99, count: 3 });
	});

	test('that is latched ends once it is acknowledged and calm', () => {
		const { state } = play(settlement, [
			[0, 95],
			[60, 95],
			[120, 10],
		]);
		state.open!.isAcknowledged = true;
		expect(wait(state, settlement, 121_000)).toBe('cleared');
	});

	test('goes on after a restart without being raised again', () => {
		const open = { level: 'danger', raisedMs: 0, lastMs: 5000, peak: 108, count: 2, isAcknowledged: false } as const;
		const { changes, state } = play(
			moment,
			[
				[60, 101],
				[65, 101],
				[70, 50],
				[100, 50],
			],
			resumed(moment, open),
		);
		expect(changes).toEqual(['cleared@100']);
		expect(state.open).toBeNull();
	});

	test('does not count a return again that was counted before the restart', () => {
		const open = { level: 'danger', raisedMs: 0, lastMs: 5000, peak: 108, count: 2, isAcknowledged: false } as const;
		const shown = [
			[4, 50],
			[5, 101],
		] as const;
		const { state } = play(moment, shown, resumed(moment, open));
		expect(state.open?.count).toBe(2);
		play(
			moment,
			[
				[6, 50],
				[7, 101],
			],
			state,
		);
		expect(state.open?.count).toBe(3);
	});

	test('neither begins nor ends while its device is silent', () => {
		const { state } = play(moment, [
			[0, 95],
			[5, 95],
			[10, 50],
		]);
		pause(state);
		expect([wait(state, moment, 9_999_000), state.isRestless, state.open?.level]).toEqual([
			undefined,
			false,
			'warning',
		]);
		const other = play(moment, [[0, 95]]).state;
		pause(other);
		expect(wait(other, moment, 9_999_000)).toBeUndefined();
	});

	test.each<[string, (readonly [number, number])[], boolean]>([
		['waits for its on-delay', [[0, 95]], true],
		[
			'waits for nothing once it is raised',
			[
				[0, 95],
				[5, 95],
			],
			false,
		],
		[
			'waits for its off-delay',
			[
				[0, 95],
				[5, 95],
				[9, 50],
			],
			true,
		],
	])('%s', (_, steps, isRestless) => {
		expect(play(moment, steps).state.isRestless).toBe(isRestless);
	});
});

describe('whatever a device sends', () => {
	const value = fc.oneof(fc.integer({ min: 0, max: 130 }), fc.constant(NaN), fc.constant(undefined));
	const steps = fc.array(fc.tuple(fc.integer({ min: 1, max: 40 }), value), { maxLength: 80 }).map((list) => {
		let second = 0;
		return list.map(([gap, v]) => [(second += gap), v] as const);
	});
	const rules = fc.constantFrom(moment, settlement);

	test('there is never a second open alarm, and none ends that was not open', () => {
		fc.assert(
			fc.property(rules, steps, (by, feed) => {
				let isOpen = false;
				const state = quiet(by);
				for (const [second, v] of feed) {
					const change: Change | undefined =
						v === undefined ? wait(state, by, second * 1000) : judge(state, by, second * 1000, v);
					if (change) expect(isOpen).toBe(change !== 'raised');
					if (change) isOpen = change !== 'cleared';
					expect(state.open !== null).toBe(isOpen);
				}
			}),
		);
	});

	test('F-20 repeated, late and shuffled readings change nothing', () => {
		fc.assert(
			fc.property(rules, steps, fc.array(fc.nat(1000)), (by, feed, dice) => {
				const straight = quiet(by);
				const disturbed = quiet(by);
				feed.forEach(([second, v], i) => {
					const expected = v === undefined ? wait(straight, by, second * 1000) : judge(straight, by, second * 1000, v);
					const found = v === undefined ? wait(disturbed, by, second * 1000) : judge(disturbed, by, second * 1000, v);
					expect(found).toBe(expected);
					// Something old once more: an earlier second with any value.
					const die = dice[i % (dice.length || 1)] ?? 0;
					const old = Math.min(((die % (i + 1)) + 1) * 1000, disturbed.observedMs);
					expect(judge(disturbed, by, old, die % 130)).toBeUndefined();
				});
				expect(disturbed).toEqual(straight);
			}),
		);
	});

	test('values that cannot be believed neither raise nor end an alarm', () => {
		fc.assert(
			fc.property(rules, steps, fc.integer({ min: 1, max: 50 }), (by, feed, bad) => {
				const { state } = play(by, feed);
				const before: ConditionState['open'] = structuredClone(state.open);
				const last = Math.max(0, feed.at(-1)?.[0] ?? 0);
				for (let i = 1; i <= bad; i++) {
					expect(judge(state, by, (last + i * 10) * 1000, NaN)).toBeUndefined();
					expect(wait(state, by, (last + i * 10 + 5) * 1000)).toBeUndefined();
				}
				expect(state.open).toEqual(before);
			}),
		);
	});

	test('F-27 a value that jumps faster than the off-delay makes one alarm, not many', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 1, max: 25 }), { minLength: 4, maxLength: 60 }), (gaps) => {
				let second = 0;
				const feed = gaps.map((gap, i) => [(second += gap), i % 2 ? 40 : 110] as const);
				const { changes } = play(moment, [[0, 110], [4, 110], ...feed.map(([s, v]) => [s + 4, v] as const)]);
				expect(changes.filter((change) => change.startsWith('raised'))).toHaveLength(1);
			}),
		);
	});

	test('a value that stays at the limit is raised exactly once', () => {
		fc.assert(
			fc.property(fc.array(fc.integer({ min: 100, max: 130 }), { minLength: 10, maxLength: 60 }), (values) => {
				const { changes } = play(
					moment,
					values.map((v, i) => [i * 5, v] as const),
				);
				expect(changes).toEqual(['raised danger@5']);
			}),
		);
	});
});
