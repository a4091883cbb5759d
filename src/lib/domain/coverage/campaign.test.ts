import { describe, expect, test } from 'vitest';
import { campaignDetail, sumsOf, type CampaignFinding, type CampaignSite } from './campaign.ts';

const finding = (wish: Partial<CampaignFinding> = {}): CampaignFinding => ({
	...{ category: 'pit', description: '放坡不足', isMajor: false, dueOn: null, rectifiedOn: null, isClosed: false },
	...wish,
});
const site = (name: string, town: string | null, wish: Partial<CampaignSite> = {}): CampaignSite => ({
	...{ siteId: name, name, townCode: town && `33010900${town}`, town: town && `镇${town}`, gridCode: null },
	...{ isVisited: true, findings: [], stops: [] },
	...wish,
});

const END = '2026-11-30';
const sites = [
	site('甲', '2', { findings: [finding({ isClosed: true }), finding({ category: 'crane', isMajor: true })] }),
	site('乙', '1', { findings: [finding()], stops: [{ on: '2026-11-12', reason: '坑边堆载', liftedOn: null }] }),
	site('丙', '1', { isVisited: false }),
	site('丁', null, { isVisited: false }),
];

describe('the report of a campaign', () => {
	test.each([
		['1', { sites: 2, visited: 1, findings: 1, majors: 0, closed: 0, stopWork: 1 }],
		['2', { sites: 1, visited: 1, findings: 2, majors: 1, closed: 1, stopWork: 0 }],
		[null, { sites: 1, visited: 0, findings: 0, majors: 0, closed: 0, stopWork: 0 }],
	])('counts town %s', (town, sums) => {
		const row = campaignDetail(sites, END).towns.find(({ name }) => name === (town && `镇${town}`));
		expect(row).toMatchObject(sums);
	});

	test('its towns add up to its sums', () => {
		const { towns } = campaignDetail(sites, END);
		const sums = sumsOf(sites);
		for (const key of ['sites', 'visited', 'findings', 'majors', 'closed', 'stopWork'] as const)
			expect(towns.reduce((sum, town) => sum + town[key], 0)).toBe(sums[key]);
		expect(towns.map(({ code }) => code)).toEqual(['330109001', '330109002', null]);
	});

	test('counts by category, the most on top', () => {
		expect(campaignDetail(sites, END).categories).toEqual([
			{ category: 'pit', findings: 2, majors: 0, closed: 1 },
			{ category: 'crane', findings: 1, majors: 1, closed: 0 },
		]);
	});

	test.each([
		['before its day', { dueOn: '2026-12-05' }, 0],
		['on its day', { dueOn: END }, 0],
		['after its day', { dueOn: '2026-11-20' }, 10],
		['without a day', { dueOn: null }, 0],
		['rectified and waiting', { dueOn: '2026-11-20', rectifiedOn: '2026-11-19' }, 0],
	])('a major finding %s is overdue by so many days', (_, wish, days) => {
		const { openMajors } = campaignDetail([site('甲', '1', { findings: [finding({ isMajor: true, ...wish })] })], END);
		expect(openMajors.map(({ overdueDays }) => overdueDays)).toEqual([days]);
	});

	test('major findings that are closed and minor ones are not among the open major ones; the latest is on top', () => {
		const major = (wish: Partial<CampaignFinding>) => finding({ isMajor: true, ...wish });
		const findings = [
			...[finding(), major({ isClosed: true })],
			...[major({ description: '晚', dueOn: '2026-11-29' }), major({ description: '早', dueOn: '2026-11-10' })],
		];
		const { openMajors } = campaignDetail([site('甲', '1', { findings })], END);
		expect(openMajors.map(({ description }) => description)).toEqual(['早', '晚']);
	});

	test('names the sites that nobody went to, and where work was stopped', () => {
		const { notVisited, stops } = campaignDetail(sites, END);
		expect(notVisited).toEqual([
			{ siteId: '丙', name: '丙', townCode: '330109001', town: '镇1' },
			{ siteId: '丁', name: '丁', townCode: null, town: null },
		]);
		expect(stops).toEqual([
			{ siteId: '乙', site: '乙', town: '镇1', on: '2026-11-12', reason: '坑边堆载', liftedOn: null },
		]);
	});
});
