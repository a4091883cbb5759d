import { describe, expect, test } from 'vitest';
import { parentRules } from '../../../../db/rules/alarm-life.ts';
import { deviceRules } from '../../../../db/rules/device.ts';
import { lineState, type Member } from './parent.ts';

const NOW = 10_000_000;
const many = (count: number, intervalS: number, agoS: number): Member[] =>
	Array.from({ length: count }, (_, i) => ({ intervalS, seenMs: NOW - (agoS + (i % intervalS)) * 1000 }));
const stateOf = (members: Member[], isDown = false) =>
	lineState(members, parentRules.networkSilent.value, parentRules.network, NOW, () => 0, deviceRules.presence, isDown);

describe('the line of the district', () => {
	test.each<[string, Member[], string]>([
		['carries while everybody speaks', many(100, 5, 0), 'up'],
		['is broken when everybody is silent', many(100, 5, 60), 'down'],
		['is in doubt as long as it is too early to tell', many(100, 60, 70 + 60), 'doubtful'],
		['is broken although nine in a hundred are heard', [...many(91, 5, 60), ...many(9, 5, 0)], 'down'],
		['is not when eleven in a hundred are', [...many(89, 5, 60), ...many(11, 5, 0)], 'up'],
		['does not wait for those that speak seldom', [...many(100, 5, 60), ...many(80, 3600, 300)], 'down'],
		[
			'is whole when some of those have spoken since',
			[...many(100, 5, 60), ...many(80, 300, 0).map((one) => ({ ...one, seenMs: NOW - 5000 }))],
			'up',
		],
		['is not broken by boxes that died long ago', [...many(400, 5, 86_400), ...many(30, 5, 0)], 'up'],
		['is not broken when too few are left to tell', many(19, 5, 60), 'up'],
	])('%s', (_, members, expected) => {
		expect(stateOf(members)).toBe(expected);
	});

	test('stays broken when the last survivors fall silent an hour later', () => {
		const members = [...many(90, 5, 3600), ...many(10, 5, 30)];
		expect(stateOf(members, true)).toBe('down');
	});
});
