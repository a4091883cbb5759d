import { describe, expect, test } from 'vitest';
import { riskCellRules } from './risk.ts';

describe('shipped rules of the risk cells', () => {
	const { limits, points, minimumSites, resolution } = riskCellRules;

	test('every number says where it comes from', () => {
		const all = [minimumSites, resolution, ...Object.values(points), ...Object.values(limits).flatMap(Object.values)];
		for (const { source } of all) expect(source).not.toBe('');
	});

	test.each(Object.entries(limits))('colours grow graver with points (%s)', (_, { red, orange, yellow }) => {
		expect(red.value).toBeGreaterThan(orange.value);
		expect(orange.value).toBeGreaterThan(yellow.value);
	});

	test('a site without a grade does not weigh as little as a low one', () => {
		expect(points.ungraded.value).toBeGreaterThan(points.low.value);
	});
});
