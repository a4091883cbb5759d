import { describe, expect, test } from 'vitest';
import { riskCells, sitePoints, type CellRules, type RiskySite } from './cells.ts';

const rule = (value: number) => ({ value, unit: '', source: 'test', confidence: 'assumed' as const });
const rules: CellRules = {
	resolution: rule(7),
	minimumSites: rule(3),
	points: { hazard: rule(1), majorHazard: rule(5), high: rule(4), medium: rule(2), low: rule(1), ungraded: rule(2) },
	limits: {
		absolute: { red: rule(30), orange: rule(20), yellow: rule(10) },
		perSite: { red: rule(10), orange: rule(6), yellow: rule(3) },
	},
};
const here: [number, number] = [120.26, 30.18];
const site = (no: number, more: Partial<RiskySite> = {}): RiskySite => ({
	no,
	at: here,
	openHazards: 0,
	openMajorHazards: 0,
	riskGrade: 'low',
	...more,
});
const bandOf = (sites: RiskySite[], measure: 'absolute' | 'perSite' = 'perSite') =>
	riskCells(sites, measure, rules)[0]!.band;

describe('risk cells', () => {
	test.each([
		['two sites are too few to judge, however grave', [site(1, { openHazards: 99 }), site(2)], 'insufficient'],
		['three calm sites are blue', [site(1), site(2), site(3)], 'blue'],
		[
			'three sites with exactly three points each are yellow',
			[2, 2, 2].map((n, i) => site(i, { openHazards: n })),
			'yellow',
		],
		['six points per site are orange', [5, 5, 5].map((n, i) => site(i, { openHazards: n })), 'orange'],
		['ten points per site are red', [9, 9, 9].map((n, i) => site(i, { openHazards: n })), 'red'],
		[
			'one major hazard turns three calm sites yellow',
			[site(1, { openHazards: 1, openMajorHazards: 1 }), site(2), site(3)],
			'yellow',
		],
	] as const)('%s', (_, sites, band) => {
		expect(bandOf([...sites])).toBe(band);
	});

	test('many calm sites together are grave in absolute numbers and calm per site', () => {
		const sites = Array.from({ length: 30 }, (_, no) => site(no));
		expect(bandOf(sites, 'absolute')).toBe('red');
		expect(bandOf(sites, 'perSite')).toBe('blue');
	});

	test('a site that was never graded does not count as low', () => {
		expect(sitePoints(site(1, { riskGrade: null }), rules)).toBeGreaterThan(sitePoints(site(1), rules));
	});

	test('names the three sites that weigh most, heaviest first, equal ones by number', () => {
		const sites = [site(9), site(4, { openHazards: 2 }), site(7, { openHazards: 8 }), site(2, { openHazards: 2 })];
		expect(riskCells(sites, 'perSite', rules)[0]!.behind).toEqual([7, 2, 4]);
	});

	test('keeps places apart and leaves empty ones out', () => {
		const cells = riskCells([site(1), site(2, { at: [120.5, 30.25] })], 'perSite', rules);
		expect(cells).toHaveLength(2);
		expect(cells.every(({ siteCount, band }) => siteCount === 1 && band === 'insufficient')).toBe(true);
	});

	test('does not depend on the order of the sites', () => {
		const sites = [1, 2, 3, 4].map((no) => site(no, { openHazards: no, at: [120.2 + no / 50, 30.2] }));
		expect(riskCells([...sites].reverse(), 'absolute', rules)).toEqual(riskCells(sites, 'absolute', rules));
	});
});
