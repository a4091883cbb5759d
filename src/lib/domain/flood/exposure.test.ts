import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { floodRules } from '#db/rules/flood.ts';
import { EXPOSURE_BANDS, judgeExposure, type ExposedSite } from './exposure.ts';
import type { RainSums } from './rain-known.ts';
import { bandCode, columnsOf, flipsOf, whatIfScores } from './what-if.ts';
import { rainGrade, isModerateHeavy } from './rain-grade.ts';

const rules = floodRules.exposure;
const FULL = { h1: 20, h3: 50, h24: 100 };

function site(more: Partial<ExposedSite> = {}): ExposedSite {
	return {
		rain: { h1: 0, h3: 0, h24: 0, source: 'station' },
		river: 'none',
		lowGroundM: 0,
		waterloggedTimes: 0,
		pits: [],
		spoilHeightM: 0,
		hasUnderground: false,
		waterM: 800,
		cranes: 0,
		tempStructures: 0,
		formworks: 0,
		people: 0,
		pumpM3h: 300,
		ledgerGap: 0,
		receipt: 'not-asked',
		surveySource: 'survey',
		...more,
	};
}
const pit = { depthM: 12, areaM2: 10_000, isSlabbed: false, grade: 'I' as const };
const pouring = { h1: 40, h3: 80, h24: 160, source: 'station' };
const judge = (more: Partial<ExposedSite> = {}) => judgeExposure(site(more), rules, FULL);
const share = (more: Partial<ExposedSite>, key: string) => judge(more).factors.find((one) => one.key === key)!;

describe('exposure of a site to flood', () => {
	test('no pit, no pit risk: a site with nothing to be flooded has none however hard it rains', () => {
		expect(judge({ rain: pouring }).score).toBe(0);
	});
	test('a deep open pit under a cloudburst is red', () => {
		const worst = judge({
			rain: pouring,
			pits: [pit],
			lowGroundM: 1.5,
			waterloggedTimes: 3,
			pumpM3h: 0,
			ledgerGap: 1,
			hasUnderground: true,
		});
		expect(worst.band).toBe('red');
	});
	test('a slabbed pit counts half of an open one', () => {
		expect(share({ pits: [{ ...pit, isSlabbed: true }] }, 'pit').share).toBeCloseTo(0.5);
	});
	test('pumps that keep pace with the area leave no gap, none leaves the whole', () => {
		expect(share({ pits: [pit], pumpM3h: 300 }, 'pumps').share).toBe(0);
		expect(share({ pits: [pit], pumpM3h: 0 }, 'pumps').share).toBe(1);
	});
	test('a site without a pit is not asked for pumps or support', () => {
		expect(judge().factors.some(({ key }) => key === 'pumps' || key === 'support')).toBe(false);
	});
	test('a site that answered is less vulnerable than one that is silent', () => {
		const answered = judge({ pits: [pit], rain: pouring, receipt: 'answered' }).score;
		expect(judge({ pits: [pit], rain: pouring, receipt: 'silent' }).score).toBeGreaterThan(answered);
	});
	test('missing data raises the uncertainty and never lowers the risk below what is known', () => {
		const known = judge({ pits: [pit], rain: pouring });
		const missing = judge({
			pits: [{ ...pit, grade: null }],
			rain: pouring,
			people: null,
			waterM: null,
			spoilHeightM: null,
		});
		expect(known.uncertainty).toBe(0);
		expect(missing.uncertainty).toBeGreaterThan(0.1);
		expect(missing.score).toBeGreaterThanOrEqual(known.score * 0.95);
		expect(missing.factors.find(({ key }) => key === 'people')).toMatchObject({ isKnown: false, value: null });
	});
	test('rain of which nothing is known counts half and is said to be unknown', () => {
		const rain = share({ rain: { h1: null, h3: null, h24: null, source: '' } }, 'rain');
		expect([rain.share, rain.isKnown]).toEqual([0.5, false]);
	});
	describe('rain with a gap in it', () => {
		const rainOf = (whole: Partial<RainSums>, least: Partial<RainSums>) => {
			const none = { h1: null, h3: null, h24: null };
			return share({ rain: { ...none, ...whole, least: { ...none, ...least }, source: 'radar' } }, 'rain');
		};
		test.each([
			['is never dry: nothing in what is known counts as unknown', {}, { h24: 0 }, { share: 0.5, isKnown: false }],
			[
				'counts no less than what fell at least',
				{},
				{ h24: 80 },
				{ share: 0.8, isKnown: false, isAtLeast: true, value: 80 },
			],
			['is known once what fell at least counts in full', {}, { h3: 60 }, { share: 1, isKnown: true, isAtLeast: true }],
			[
				'raises a whole sum that says less',
				{ h1: 2 },
				{ h24: 90 },
				{ share: 0.9, isKnown: false, isAtLeast: true, value: 90 },
			],
			['does not lower a whole sum that says more', { h1: 16 }, { h24: 20 }, { share: 0.8, isKnown: false, value: 16 }],
			['is not dry because its last hour was', { h1: 0 }, {}, { share: 0.5, isKnown: false }],
			['is dry where the whole day was, whatever is known of its hours', { h24: 0 }, {}, { share: 0, isKnown: true }],
			['leaves an hour no more than its day', { h24: 4 }, {}, { share: 0.2, isKnown: false, value: 4 }],
			['is known where its hour counts in full', { h1: 25 }, {}, { share: 1, isKnown: true, value: 25 }],
		] as const)('%s', (_, whole, least, expected) => {
			expect(rainOf(whole, least)).toMatchObject(expected);
		});
	});
	test.each([
		[-1, 0],
		[0, 0.5],
		[1, 1],
		[3, 1],
	])('a river %s m above its warning level counts %s', (aboveWarningM, expected) => {
		expect(share({ river: { aboveWarningM, source: 'station' } }, 'river').share).toBeCloseTo(expected);
	});
	test('half a metre beside the water counts in full, half a kilometre away not at all', () => {
		expect([share({ waterM: 20 }, 'water').share, share({ waterM: 500 }, 'water').share]).toEqual([1, 0]);
	});
});

describe('what if', () => {
	const sites = [
		site({ pits: [pit], pumpM3h: 0, lowGroundM: 1, ledgerGap: 0.5 }),
		site({ pits: [{ ...pit, depthM: 6 }], river: { aboveWarningM: -0.4, source: 'station' } }),
		site({ rain: { h1: null, h3: null, h24: null, source: '' }, cranes: 4 }),
		site(),
		site({ rain: { h1: 0, h3: null, h24: null, least: { h1: null, h3: 20, h24: 70 }, source: 'radar' }, pits: [pit] }),
	];
	const judged = sites.map((one) => judgeExposure(one, rules, FULL));
	const columns = columnsOf(
		sites.map((one, i) => ({ no: i + 1, rain: one.rain, river: one.river, judged: judged[i]! })),
		rules,
	);

	test('with nothing supposed it says what the exposure of today says', () => {
		const scores = whatIfScores(columns, { h1: 0, h3: 0, h24: 0, riverM: 0 }, rules, FULL);
		judged.forEach(({ score }, i) => expect(scores[i]).toBeCloseTo(score, 9));
	});

	test('with rain and river supposed it says what the exposure of such a day would say', () => {
		const scores = whatIfScores(columns, { h1: 15, h3: 30, h24: 60, riverM: 0.8 }, rules, FULL);
		sites.forEach((one, i) => {
			const added = { h1: 15, h3: 30, h24: 60 };
			const plus = (now: RainSums) => ({
				h1: now.h1 === null ? null : now.h1 + added.h1,
				h3: now.h3 === null ? null : now.h3 + added.h3,
				h24: now.h24 === null ? null : now.h24 + added.h24,
			});
			const onTop = plus({ h1: one.rain.least?.h1 ?? 0, h3: one.rain.least?.h3 ?? 0, h24: one.rain.least?.h24 ?? 0 });
			const rain = { ...plus(one.rain), least: onTop, source: '' };
			const river = one.river === 'none' ? one.river : { ...one.river, aboveWarningM: one.river.aboveWarningM! + 0.8 };
			expect(scores[i]).toBeCloseTo(judgeExposure({ ...one, rain, river }, rules, FULL).score, 9);
		});
	});

	test('more rain or more river never lowers a score, whatever is known and whatever is not', () => {
		const mm = fc.option(fc.integer({ min: 0, max: 200 }));
		const sums = fc.record({ h1: mm, h3: mm, h24: mm });
		const more = fc.integer({ min: 0, max: 120 });
		const storm = fc.record({ h1: more, h3: more, h24: more, riverM: fc.integer({ min: 0, max: 3 }) });
		fc.assert(
			fc.property(sums, fc.option(sums, { nil: undefined }), storm, storm, (whole, least, less, extra) => {
				const one = site({ rain: { ...whole, ...(least && { least }), source: '' }, pits: [pit] });
				const own = columnsOf([{ no: 1, ...one, judged: judgeExposure(one, rules, FULL) }], rules);
				const larger = {
					...{ h1: less.h1 + extra.h1, h3: less.h3 + extra.h3, h24: less.h24 + extra.h24 },
					riverM: less.riverM + extra.riverM,
				};
				const [low, high] = [less, larger].map((what) => whatIfScores(own, what, rules, FULL)[0]!);
				expect(high).toBeGreaterThanOrEqual(low! - 1e-9);
			}),
		);
	});

	test('names the sites that flip, first the one that flips soonest', () => {
		const storm = { h1: 30, h3: 60, h24: 120, riverM: 0 };
		const flips = flipsOf(columns, storm, rules, FULL);
		expect(flips.length).toBeGreaterThan(1);
		expect(flips.map(({ at }) => at)).toEqual([...flips.map(({ at }) => at)].sort((a, b) => a - b));
		expect(flips.some(({ no }) => no === 4)).toBe(false);
		const first = flips[0]!;
		const bandAt = (share: number) => {
			const part = { h1: 30 * share, h3: 60 * share, h24: 120 * share, riverM: 0 };
			return bandCode(whatIfScores(columns, part, rules, FULL)[first.no - 1]!, rules);
		};
		expect(bandAt(first.at - 0.001)).toBe(EXPOSURE_BANDS.indexOf(first.from));
		expect(bandAt(first.at)).not.toBe(EXPOSURE_BANDS.indexOf(first.from));
	});

	test('bands begin at their limits', () => {
		expect([60, 59.9, 40, 20, 19.9].map((score) => bandCode(score, rules))).toEqual([0, 1, 1, 2, 3]);
	});
});

describe('rain', () => {
	test.each([
		[0.05, 24, 'none'],
		[9.9, 24, 'light'],
		[10, 24, 'moderate'],
		[50, 24, 'rainstorm'],
		[99.9, 24, 'rainstorm'],
		[100, 24, 'downpour'],
		[250, 24, 'extreme'],
		[15, 12, 'heavy'],
		[20, 1, 'downpour'],
	] as const)('%s mm in %s h is %s', (mm, hours, grade) => {
		expect(rainGrade(mm, hours, floodRules.rainGrades)).toBe(grade);
	});
	test('中到大雨 begins at 17 mm in a day, below any signal', () => {
		expect([16.9, 17].map((mm) => isModerateHeavy(mm, 24, floodRules.rainGrades))).toEqual([false, true]);
	});
});
