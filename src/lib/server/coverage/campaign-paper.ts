// The report of a campaign as a paper of text and tables. In Chinese, as the bureau files it.

import type { CampaignPaper } from '#lib/contract/coverage.ts';
import type { Block, Paper } from '../paper/paper.ts';

const CATEGORY: Record<string, string> = {
	...{ management: '安全管理', pit: '基坑', formwork: '模板支撑', scaffold: '脚手架', crane: '起重机械' },
	...{ height: '高处作业', power: '施工用电', confinedSpace: '有限空间', demolition: '拆除', tunnel: '暗挖' },
	...{ stacking: '堆载', fire: '消防', other: '其他' },
};
const NOT_RECORDED = '未登记';

export function campaignPaper(report: CampaignPaper, bureau: string): Paper {
	const { sums, detail } = report;
	const blocks: Block[] = [
		{ kind: 'heading', text: '一、基本情况' },
		{
			kind: 'text',
			text:
				`本次专项自 ${report.fromOn} 至 ${report.toOn}，于 ${report.closedOn} 结束。` +
				(report.sites === null ? '' : `范围内工地 ${report.sites} 个，`) +
				(report.sampled === null ? '' : `计划抽查 ${report.sampled} 个，`) +
				`已查 ${sums.visited} 个；发现隐患 ${sums.findings} 项（其中重大 ${sums.majors} 项），已销号 ${sums.closed} 项；` +
				`责令停工 ${sums.stopWork} 次。`,
		},
		...(report.checklist.length ? [{ kind: 'text' as const, text: `检查内容：${report.checklist.join('；')}。` }] : []),
		...(detail ? detailBlocks(detail) : []),
	];
	return {
		title: `${report.name}${report.name.endsWith('总结') ? '' : '总结'}`,
		line: `${bureau}住房和城乡建设局 · ${report.closedOn}`,
		blocks,
		foot: `专项编号 ${report.id} · 数据截至 ${report.closedOn}（北京时间）`,
	};
}

function detailBlocks(detail: NonNullable<CampaignPaper['detail']>): Block[] {
	const table = (text: string, head: string[], widths: number[], rows: string[][]): Block[] => [
		{ kind: 'heading', text },
		{ kind: 'table', head, widths, rows },
	];
	return [
		...table(
			'二、各镇街情况',
			['镇街', '范围内工地', '已查', '隐患', '重大', '已销号', '责令停工'],
			[28, 14, 12, 12, 10, 12, 12],
			detail.towns.map(({ name, sites, visited, findings, majors, closed, stopWork }) => [
				name ?? NOT_RECORDED,
				...[sites, visited, findings, majors, closed, stopWork].map(String),
			]),
		),
		...table(
			'三、隐患分类',
			['类别', '隐患', '重大', '已销号'],
			[40, 20, 20, 20],
			detail.categories.map(({ category, findings, majors, closed }) => [
				CATEGORY[category] ?? category,
				...[findings, majors, closed].map(String),
			]),
		),
		...table(
			`四、尚未销号的重大隐患（${detail.openMajors.length} 项）`,
			['工地', '隐患', '整改期限', '情况'],
			[28, 40, 16, 16],
			detail.openMajors.map((one) => [
				one.site,
				`${CATEGORY[one.category] ?? one.category}：${one.description}`,
				one.dueOn ?? NOT_RECORDED,
				one.rectifiedOn ? '已整改，待复查' : one.overdueDays > 0 ? `逾期 ${one.overdueDays} 天` : '整改中',
			]),
		),
		...table(
			`五、责令停工（${detail.stops.length} 次）`,
			['日期', '工地', '原因', '解除'],
			[16, 30, 38, 16],
			detail.stops.map(({ on, site, reason, liftedOn }) => [
				...[on, site, reason ?? NOT_RECORDED],
				// Without an order on record nobody knows whether it was lifted.
				reason === null ? NOT_RECORDED : (liftedOn ?? '未解除'),
			]),
		),
		...table(
			`六、范围内未检查的工地（${detail.notVisited.length} 个）`,
			['工地', '镇街'],
			[65, 35],
			detail.notVisited.map(({ name, town }) => [name, town ?? NOT_RECORDED]),
		),
	];
}
