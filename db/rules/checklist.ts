// The lines of the checklists. Quarterly ones are those of Tongzhou's plan of 2023; the others name the work they belong
// to. A bureau adds its own by campaign.

import type { ChecklistLine } from '../../src/lib/domain/field/checklist.ts';
import type { PlaceRules } from '../../src/lib/domain/field/place-check.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';

const QUARTERS = '通州区 2023 年分季度检查重点';
const ORDER_37 = '危险性较大的分部分项工程安全管理规定（住建部令第 37 号）';
const CRANES = 'GB 5144 / JGJ 196';

export const checklistLines: readonly ChecklistLine[] = [
	{ key: 'manager', text: '项目经理、总监、安全员在岗，人证一致', category: 'management', source: ORDER_37 },
	{ key: 'plan', text: '危大工程清单、专项方案及论证意见齐全并现场公告', category: 'management', source: ORDER_37 },
	{ key: 'briefing', text: '安全技术交底签字到人', category: 'management', source: ORDER_37 },
	{
		key: 'edges',
		text: '临边、洞口防护到位',
		category: 'height',
		source: 'JGJ 80-2016',
		stages: ['structure', 'masonry', 'finishing'],
	},
	{ key: 'power', text: '临时用电三级配电、逐级漏保，电缆架空或埋地', category: 'power', source: 'JGJ/T 46-2024' },
	{
		key: 'fire',
		text: '动火审批、看火人、灭火器材到位；宿舍无违规用电和电动车充电',
		category: 'fire',
		source: 'GB 50720',
	},
	{
		key: 'pit-monitor',
		text: '基坑监测日报连续，报警值以内；每日巡视有记录',
		category: 'pit',
		source: 'GB 50497-2019',
		works: ['pit'],
	},
	{
		key: 'pit-edge',
		text: '坑边 2 m 内无堆载，临边防护和上下通道完好',
		category: 'pit',
		source: 'JGJ 311-2013',
		works: ['pit'],
	},
	{ key: 'pit-water', text: '坑内外排水、备用水泵和电源可用', category: 'pit', source: 'JGJ 311-2013', works: ['pit'] },
	{
		key: 'formwork-accept',
		text: '高支模验收挂牌后方可浇筑，浇筑时有专人监测',
		category: 'formwork',
		source: ORDER_37,
		works: ['formwork'],
	},
	{
		key: 'formwork-frame',
		text: '立杆间距、扫地杆、剪刀撑与方案一致',
		category: 'formwork',
		source: 'JGJ 162',
		works: ['formwork'],
	},
	{
		key: 'scaffold-lift',
		text: '爬架提升前后检查验收，防坠装置有效',
		category: 'scaffold',
		source: 'JGJ 202-2010',
		works: ['scaffold'],
	},
	{
		key: 'scaffold-tie',
		text: '连墙件、剪刀撑、脚手板齐全，与墙体封闭',
		category: 'scaffold',
		source: 'JGJ 130',
		stages: ['structure', 'masonry', 'finishing'],
	},
	{
		key: 'crane-register',
		text: '使用登记证、检测报告在有效期，司机信号工持证',
		category: 'crane',
		source: CRANES,
		works: ['crane', 'hoist'],
	},
	{
		key: 'crane-tie',
		text: '附着、基础、连接螺栓完好，限位和力矩限制器有效',
		category: 'crane',
		source: CRANES,
		works: ['crane'],
	},
	{
		key: 'crane-conflict',
		text: '群塔防碰撞措施落实，塔身垂直度在限值内',
		category: 'crane',
		source: CRANES,
		works: ['crane'],
	},
	{
		key: 'hoist-door',
		text: '升降机防坠安全器在检、层门联锁有效、不超员',
		category: 'crane',
		source: 'GB/T 10054',
		works: ['hoist'],
	},
	{ key: 'confined', text: '有限空间作业先通风、再检测、后作业', category: 'confinedSpace', source: 'GB 8958' },
	{ key: 'q1-co', text: '冬春：防煤气中毒、烟花爆竹、停复工验收', category: 'fire', source: QUARTERS, quarters: [1] },
	{
		key: 'q2-flood',
		text: '春夏：防汛物资与预案、起重机械汛前检测',
		category: 'management',
		source: QUARTERS,
		quarters: [2],
	},
	{
		key: 'q3-heat',
		text: '夏秋：防汛值守、高温避让、食品与危化品',
		category: 'management',
		source: QUARTERS,
		quarters: [3],
	},
	{
		key: 'q4-fire',
		text: '秋冬：消防、防煤气中毒、危化品、起重机械检测',
		category: 'fire',
		source: QUARTERS,
		quarters: [4],
	},
	{
		key: 'flood-pump',
		text: '防汛台账与现场一致：责任人、水泵、沙袋、撤离点',
		category: 'management',
		source: QUARTERS,
		isFlood: true,
	},
	{
		key: 'night-permit',
		text: '夜间施工证明、带班人员在岗、照明充足',
		category: 'management',
		source: QUARTERS,
		isNight: true,
	},
];

const own = (value: number, unit: string, source = 'own default'): Rule => ({
	value,
	unit,
	source,
	confidence: 'assumed',
});

export const placeRules: PlaceRules = {
	poorAccuracyM: own(80, 'm', 'own default: beyond it a position does not tell two neighbouring sites apart'),
	outsideM: own(150, 'm', 'own default: gate and car park lie outside the red line'),
	clockSkewS: own(120, 's'),
	shortShare: own(0.4, ''),
};

/** Metres within which a newly found site may be one of the register. */
export const nearSiteM = own(100, 'm', '功能需求：新发现工地与许可项目 100 m 内比对');
/** Days within which an ordinary finding has to be rectified, when the officer names none. */
export const rectifyDays = own(7, 'd', '责令限期整改通常期限；以整改通知书为准');
