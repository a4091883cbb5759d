// The lines of the checklists. Quarterly ones are those of Tongzhou's plan of 2023; the others name the work they belong
// to. A bureau adds its own by campaign. The English is this project's reading of the Chinese line, which holds.

import type { ChecklistLine } from '../../src/lib/domain/field/checklist.ts';
import type { PlaceRules } from '../../src/lib/domain/field/place-check.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';

const QUARTERS = '通州区 2023 年分季度检查重点';
const ORDER_37 = '危险性较大的分部分项工程安全管理规定（住建部令第 37 号）';
const CRANES = 'GB 5144 / JGJ 196';

export const checklistLines: readonly ChecklistLine[] = [
	{
		key: 'manager',
		text: '项目经理、总监、安全员在岗，人证一致',
		english: 'Project manager, chief site engineer and safety officers are here, and are who their papers say',
		category: 'management',
		source: ORDER_37,
	},
	{
		key: 'plan',
		text: '危大工程清单、专项方案及论证意见齐全并现场公告',
		english: 'List of dangerous works, special schemes and expert opinions are complete and posted on site',
		category: 'management',
		source: ORDER_37,
	},
	{
		key: 'briefing',
		text: '安全技术交底签字到人',
		english: 'Safety briefing signed by every worker',
		category: 'management',
		source: ORDER_37,
	},
	{
		key: 'edges',
		text: '临边、洞口防护到位',
		english: 'Edges and openings are guarded',
		category: 'height',
		source: 'JGJ 80-2016',
		stages: ['structure', 'masonry', 'finishing'],
	},
	{
		key: 'power',
		text: '临时用电三级配电、逐级漏保，电缆架空或埋地',
		english: 'Temporary power: three levels of distribution, leakage protection at each; cables overhead or buried',
		category: 'power',
		source: 'JGJ/T 46-2024',
	},
	{
		key: 'fire',
		text: '动火审批、看火人、灭火器材到位；宿舍无违规用电和电动车充电',
		english:
			'Hot-work permits, fire watch and extinguishers; no forbidden appliances or e-bike charging in dormitories',
		category: 'fire',
		source: 'GB 50720',
	},
	{
		key: 'pit-monitor',
		text: '基坑监测日报连续，报警值以内；每日巡视有记录',
		english: 'Daily monitoring of the pit without gaps and below its alarm values; daily rounds on record',
		category: 'pit',
		source: 'GB 50497-2019',
		works: ['pit'],
	},
	{
		key: 'pit-edge',
		text: '坑边 2 m 内无堆载，临边防护和上下通道完好',
		english: 'Nothing piled within 2 m of the edge; edge guards and ways in and out are sound',
		category: 'pit',
		source: 'JGJ 311-2013',
		works: ['pit'],
	},
	{
		key: 'pit-water',
		text: '坑内外排水、备用水泵和电源可用',
		english: 'Drainage inside and outside the pit, spare pump and power are ready',
		category: 'pit',
		source: 'JGJ 311-2013',
		works: ['pit'],
	},
	{
		key: 'formwork-accept',
		text: '高支模验收挂牌后方可浇筑，浇筑时有专人监测',
		english: 'High formwork is accepted and tagged before pouring, and watched while pouring',
		category: 'formwork',
		source: ORDER_37,
		works: ['formwork'],
	},
	{
		key: 'formwork-frame',
		text: '立杆间距、扫地杆、剪刀撑与方案一致',
		english: 'Spacing of uprights, bottom ties and bracing are as in the scheme',
		category: 'formwork',
		source: 'JGJ 162',
		works: ['formwork'],
	},
	{
		key: 'scaffold-lift',
		text: '爬架提升前后检查验收，防坠装置有效',
		english: 'Climbing scaffold is checked and accepted before and after each lift; fall arrest works',
		category: 'scaffold',
		source: 'JGJ 202-2010',
		works: ['scaffold'],
	},
	{
		key: 'scaffold-tie',
		text: '连墙件、剪刀撑、脚手板齐全，与墙体封闭',
		english: 'Wall ties, bracing and boards are complete; closed against the wall',
		category: 'scaffold',
		source: 'JGJ 130',
		stages: ['structure', 'masonry', 'finishing'],
	},
	{
		key: 'crane-register',
		text: '使用登记证、检测报告在有效期，司机信号工持证',
		english: 'Registration and test report are valid; operators and signallers are certified',
		category: 'crane',
		source: CRANES,
		works: ['crane', 'hoist'],
	},
	{
		key: 'crane-tie',
		text: '附着、基础、连接螺栓完好，限位和力矩限制器有效',
		english: 'Ties, foundation and bolts are sound; limit switches and moment limiter work',
		category: 'crane',
		source: CRANES,
		works: ['crane'],
	},
	{
		key: 'crane-conflict',
		text: '群塔防碰撞措施落实，塔身垂直度在限值内',
		english: 'Measures against collision of cranes are in place; the mast is upright within its limit',
		category: 'crane',
		source: CRANES,
		works: ['crane'],
	},
	{
		key: 'hoist-door',
		text: '升降机防坠安全器在检、层门联锁有效、不超员',
		english: 'Hoist: safety device within its test date, landing doors interlocked, not overloaded',
		category: 'crane',
		source: 'GB/T 10054',
		works: ['hoist'],
	},
	{
		key: 'confined',
		text: '有限空间作业先通风、再检测、后作业',
		english: 'Confined spaces: ventilate, then test, then work',
		category: 'confinedSpace',
		source: 'GB 8958',
	},
	{
		key: 'q1-co',
		text: '冬春：防煤气中毒、烟花爆竹、停复工验收',
		english: 'Winter and spring: carbon monoxide, fireworks, acceptance of stops and restarts',
		category: 'fire',
		source: QUARTERS,
		quarters: [1],
	},
	{
		key: 'q2-flood',
		text: '春夏：防汛物资与预案、起重机械汛前检测',
		english: 'Spring and summer: flood stores and plan, cranes tested before the floods',
		category: 'management',
		source: QUARTERS,
		quarters: [2],
	},
	{
		key: 'q3-heat',
		text: '夏秋：防汛值守、高温避让、食品与危化品',
		english: 'Summer and autumn: flood duty, rest in the heat, food and dangerous goods',
		category: 'management',
		source: QUARTERS,
		quarters: [3],
	},
	{
		key: 'q4-fire',
		text: '秋冬：消防、防煤气中毒、危化品、起重机械检测',
		english: 'Autumn and winter: fire, carbon monoxide, dangerous goods, crane tests',
		category: 'fire',
		source: QUARTERS,
		quarters: [4],
	},
	{
		key: 'flood-pump',
		text: '防汛台账与现场一致：责任人、水泵、沙袋、撤离点',
		english: 'The flood ledger is as the site is: who answers, pumps, sandbags, way out',
		category: 'management',
		source: QUARTERS,
		isFlood: true,
	},
	{
		key: 'night-permit',
		text: '夜间施工证明、带班人员在岗、照明充足',
		english: 'Permit for night work, a leader on shift, enough light',
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
