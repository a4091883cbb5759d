import { expect, test } from 'vitest';
import type { RuleCard } from '#lib/contract/rule.ts';
import { faultText } from './fault-text.ts';

test.each([
	[0.1, 100_000, /0\.1 至 100,000/],
	[1, 20, /1 至 20 /],
	[-0.25, 0.5, /-0\.25 至 0\.5/],
])('the bounds %d and %d are named as they are', (min, max, words) => {
	expect(faultText({} as RuleCard, { kind: 'out-of-range', parameter: 'limit', min, max })).toMatch(words);
});
