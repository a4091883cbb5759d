import { describe, expect, test } from 'vitest';
import { pitRules } from '../../../../db/rules/pit.ts';
import { bandOf } from './band.ts';
import { forecastCrossing, type Sample } from './forecast.ts';
import { limitsOf, type PointFacts } from './limit.ts';

const wall = (more: Partial<PointFacts> = {}): PointFacts => ({
	quantity: 'wallTopHorizontal',
	grade: 'I',
	support: 'boredPile',
	depthM: 12,
	isSlabDone: false,
	designCumulative: null,
	designRatePerDay: null,
	...more,
});
const limits = (more: Partial<PointFacts> = {}) => limitsOf(wall(more), pitRules.limits);

describe('the cumulative limit of a point', () => {
	test.each<[string, Partial<PointFacts>, number | undefined, string | undefined]>([
		['is the designer’s before the table’s', { designCumulative: 26 }, 26, 'design'],
		['is the designer’s whatever its sign', { designCumulative: -26 }, 26, 'design'],
		['is 20 mm for a bored pile of grade I, 12 m deep', {}, 20, 'table'],
		['is 0.2 % of the depth where that is less', { depthM: 8 }, 16, 'depth'],
		['is the smaller of 30 mm and 0.3 % for a soil-nail wall', { support: 'soilNailWall', depthM: 9 }, 27, 'depth'],
		['is wider for grade II', { grade: 'II' }, 30, 'table'],
		['is wider for grade III', { grade: 'III' }, 40, 'table'],
		[
			'of a column asks neither support nor depth',
			{ quantity: 'columnVertical', support: null, depthM: null },
			20,
			'table',
		],
		['of the ground behind the wall is 25 mm', { quantity: 'groundSettlement', support: null }, 25, 'table'],
		[
			'of an inclinometer on a diaphragm wall is 30 mm',
			{ quantity: 'deepHorizontal', support: 'diaphragmWall' },
			30,
			'table',
		],
		[
			'of a soil-mixing wall of grade I is not in the table',
			{ quantity: 'deepHorizontal', support: 'steelCementSoilWall' },
			undefined,
			undefined,
		],
		['is not known without a grade', { grade: null }, undefined, undefined],
		['is not known without a kind of support', { support: null }, undefined, undefined],
		['of a strut is the designer’s alone', { quantity: 'axialForce' }, undefined, undefined],
		['of a strut is in kilonewtons', { quantity: 'axialForce', designCumulative: 1800 }, 1800, 'design'],
	])('%s', (_, facts, value, by) => {
		const { cumulative } = limits(facts);
		expect(cumulative?.value).toBe(value);
		expect(cumulative?.by).toBe(by);
	});

	test('is only an upper bound while the depth is missing', () => {
		expect(limits({ depthM: null }).cumulative).toMatchObject({ value: 20, isUpperBound: true });
		expect(limits({ depthM: null, designCumulative: 20 }).cumulative).toMatchObject({ isUpperBound: false });
		expect(limits({ depthM: null, quantity: 'groundSettlement' }).cumulative).toMatchObject({ isUpperBound: false });
	});

	test('carries the clause and how far it may be trusted', () => {
		expect(limits().cumulative).toMatchObject({
			source: 'GB 50497-2019 表 8.0.4 墙（坡）顶水平位移',
			confidence: 'reported',
		});
		expect(limits({ quantity: 'wallTopVertical', support: 'soilNailWall' }).cumulative).toMatchObject({
			confidence: 'assumed',
		});
		expect(limits({ designCumulative: 26 }).cumulative).toMatchObject({ confidence: 'verified' });
	});
});

describe('the rate of a point', () => {
	test.each<[string, Partial<PointFacts>, number | undefined]>([
		['is 2 mm a day for a bored pile of grade I', {}, 2],
		['is the designer’s before the table’s', { designRatePerDay: 3 }, 3],
		['is seven tenths once the base slab is done', { isSlabDone: true }, 1.4],
		['is seven tenths of the designer’s too', { isSlabDone: true, designRatePerDay: 3 }, 2.0999999999999996],
		['of groundwater is half a metre a day', { quantity: 'waterLevel' }, 500],
		['of a pipe is 2 mm a day, not 10 to 40', { quantity: 'pipeSettlement' }, 2],
		['of a crack has none', { quantity: 'crack' }, undefined],
	])('%s', (_, facts, value) => {
		expect(limits(facts).rate?.value).toBe(value);
	});
	test('columns of the table for pipes stand the right way round', () => {
		expect(limits({ quantity: 'pipeSettlement' }).cumulative?.value).toBe(10);
	});
});

describe('the colour of a point', () => {
	test.each([
		[49.9, 'calm'],
		[50, 'blue'],
		[70, 'yellow'],
		[85, 'orange'],
		[100, 'red'],
		[NaN, 'unknown'],
	] as const)('at %s %% of its limit is %s', (percent, band) => {
		expect(bandOf(percent, pitRules.bands)).toBe(band);
	});
	test('“not exceeded” under an upper bound is unknown, exceeded is red', () => {
		expect(bandOf(30, pitRules.bands, true)).toBe('unknown');
		expect(bandOf(101, pitRules.bands, true)).toBe('red');
	});
});

describe('the day a point reaches its limit', () => {
	const DAY = 86_400_000;
	const line = (perDay: number, start = 5, noise = 0): Sample[] =>
		Array.from({ length: 11 }, (_, i) => ({
			atMs: i * DAY,
			value: start + perDay * i + noise * (i % 2 === 0 ? 1 : -1),
		}));
	const ask = (samples: Sample[], limit = 20) => forecastCrossing(samples, limit, 10 * DAY, pitRules.forecast);

	test('is five days ahead at one millimetre a day with five to go', () => {
		const found = ask(line(1));
		expect(found).toMatchObject({ kind: 'crossing', perDay: expect.closeTo(1, 6) });
		if (found.kind === 'crossing') expect(found.atMs / DAY).toBeCloseTo(15, 3);
	});
	test('lies between an earliest and a latest day, further apart the noisier the readings', () => {
		const width = (noise: number) => {
			const found = ask(line(1, 5, noise));
			if (found.kind !== 'crossing' || found.latestMs === null) throw new Error(found.kind);
			expect(found.earliestMs).toBeLessThanOrEqual(found.atMs);
			return found.latestMs - found.earliestMs;
		};
		expect(width(1)).toBeGreaterThan(2 * width(0.3));
	});
	test('counts also downwards', () => {
		expect(ask(line(-1, -5))).toMatchObject({ kind: 'crossing' });
	});
	test.each<[string, Sample[], string]>([
		['is now when the limit is reached', line(2, 5), 'reached'],
		['is not in sight while nothing moves', line(0, 5, 0.2), 'not-in-sight'],
		['is not in sight for a movement noise could explain', line(0.05, 5, 1), 'not-in-sight'],
		['is not in sight beyond two months', line(0.1, 5), 'not-in-sight'],
		['is not known from five readings', line(1).slice(0, 5), 'unknown'],
		['is not known from no reading', [], 'unknown'],
	])('%s', (_, samples, kind) => {
		expect(ask(samples).kind).toBe(kind);
	});
	test('leaves out what is older than two weeks', () => {
		const old = line(3, -200).map(({ atMs, value }) => ({ atMs: atMs - 40 * DAY, value }));
		expect(ask([...old, ...line(1)])).toEqual(ask(line(1)));
	});
});
