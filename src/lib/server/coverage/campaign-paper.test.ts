import { expect, test } from 'vitest';
import type { CampaignPaper } from '#lib/contract/coverage.ts';
import { writeDocx } from '../paper/write-docx.ts';
import { campaignPaper } from './campaign-paper.ts';

const report: CampaignPaper = {
	...{ id: '6f1c1a5e-0000-4000-8000-000000000001', name: '深基坑专项整治', fromOn: '2026-11-01', toOn: '2026-11-30' },
	...{ closedOn: '2026-12-01', checklist: ['放坡', '监测'], sampled: 3, sites: 2 },
	sums: { visited: 1, findings: 1, majors: 1, closed: 0, stopWork: 2 },
	detail: {
		towns: [{ code: null, name: null, sites: 2, visited: 1, findings: 1, majors: 1, closed: 0, stopWork: 2 }],
		categories: [{ category: 'confinedSpace', findings: 1, majors: 1, closed: 0 }],
		openMajors: [
			{
				...{ siteId: 'a', site: '湘湖里', town: null, category: 'pit', description: '未放坡' },
				...{ dueOn: '2026-11-20', rectifiedOn: null, overdueDays: 11 },
			},
		],
		notVisited: [{ siteId: 'b', name: '金城花园', townCode: '330109001', town: '城厢街道' }],
		stops: [
			{ siteId: 'a', site: '湘湖里', town: null, on: '2026-11-10', reason: '坑边堆载', liftedOn: null },
			{ siteId: 'a', site: '湘湖里', town: null, on: '2026-11-12', reason: null, liftedOn: null },
		],
	},
};

test('the report on paper says what is open, for how long, and not that an unknown order still holds', () => {
	const { title, blocks } = campaignPaper(report, '萧山区');
	expect(title).toBe('深基坑专项整治总结');
	const rows = blocks.flatMap((block) => (block.kind === 'table' ? block.rows.map((row) => row.join('|')) : []));
	expect(rows).toEqual([
		...['未登记|2|1|1|1|0|2', '有限空间|1|1|0', '湘湖里|基坑：未放坡|2026-11-20|逾期 11 天'],
		...['2026-11-10|湘湖里|坑边堆载|未解除', '2026-11-12|湘湖里|未登记|未登记', '金城花园|城厢街道'],
	]);
});

test('a report of sums alone has its first part only', () => {
	const { blocks } = campaignPaper({ ...report, sites: null, detail: null }, '萧山区');
	expect(blocks.filter(({ kind }) => kind === 'table')).toEqual([]);
	expect(JSON.stringify(blocks)).toContain('计划抽查 3 个，已查 1 个');
});

test('opens as a DOCX', async () => {
	const bytes = await writeDocx(campaignPaper(report, '萧山区'));
	expect([bytes[0], bytes[1], bytes.length > 5000]).toEqual([0x50, 0x4b, true]);
});
