// Fields of registers of pits and of their monitoring points.

import { day, text, type Field } from './field.ts';
import { SITE_OF } from './machine-fields.ts';
import { BOUNDARY, POSITION } from './site-fields.ts';

export const PIT_FIELDS: readonly Field[] = [
	...SITE_OF,
	{ ...text('name', '基坑名称', 'Pit', ['名称', '基坑编号', '基坑', 'pit_name', 'pit_no'], 120), required: true },
	{ ...BOUNDARY, required: true, also: [...BOUNDARY.also, '基坑范围', '基坑边界', '开挖边线'] },
	{
		key: 'depthM',
		name: { zh: '设计深度', en: 'Depth' },
		of: { type: 'number', unit: 'm', above: 0, max: 100 },
		also: ['开挖深度', '基坑深度', '设计开挖深度', '深度', '最大深度', 'depth_m'],
	},
	{
		key: 'dugM',
		name: { zh: '已挖深度', en: 'Dug so far' },
		of: { type: 'number', unit: 'm', min: 0, max: 100 },
		also: ['当前开挖深度', '已开挖深度', '当前深度', 'dug_m'],
	},
	{
		key: 'stage',
		name: { zh: '施工阶段', en: 'Stage' },
		of: {
			type: 'choice',
			choices: {
				planned: ['未施工', '未开挖', '拟建', '计划'],
				retaining: ['围护', '围护施工', '支护施工', '支护'],
				digging: ['开挖', '开挖中', '土方开挖', '挖土'],
				slab: ['底板', '底板施工', '底板浇筑', '底板完成'],
				backfilled: ['回填', '已回填', '回填完成', '完成'],
			},
		},
		required: true,
		also: ['阶段', '状态', '进度', '形象进度', '基坑状态'],
	},
	day('baseSlabOn', '底板浇筑日期', 'Base slab on', ['底板完成日期', 'base_slab_on']),
	day('startedOn', '开挖日期', 'Started on', ['开工日期', '开始日期', 'started_on']),
	day('finishedOn', '回填日期', 'Finished on', ['完工日期', '结束日期', '回填完成日期', 'finished_on']),
];

export const POINT_FIELDS: readonly Field[] = [
	...SITE_OF,
	text('pitName', '基坑名称', 'Pit', ['基坑', '所属基坑', '基坑编号', 'pit_name', 'pit'], 120),
	{
		...text(
			'code',
			'测点编号',
			'Point',
			['测点', '监测点编号', '测点号', '点号', '编号', 'point_no', 'point_code'],
			40,
		),
		required: true,
	},
	{
		key: 'quantity',
		name: { zh: '监测项目', en: 'Quantity' },
		of: {
			type: 'choice',
			choices: {
				wallTopHorizontal: [
					'墙顶水平位移',
					'桩顶水平位移',
					'坡顶水平位移',
					'围护墙顶水平位移',
					'围护墙(边坡)顶部水平位移',
					'顶部水平位移',
				],
				wallTopVertical: ['墙顶竖向位移', '墙顶沉降', '坡顶竖向位移', '围护墙(边坡)顶部竖向位移', '顶部竖向位移'],
				deepHorizontal: ['深层水平位移', '测斜', '土体深层水平位移', '围护墙深层水平位移'],
				columnVertical: ['立柱竖向位移', '立柱沉降'],
				groundSettlement: ['周边地表竖向位移', '地表沉降', '周边地表沉降', '地面沉降'],
				bottomHeave: ['坑底隆起', '坑底回弹'],
				axialForce: ['支撑轴力', '支撑内力', '轴力'],
				anchorForce: ['锚杆轴力', '锚索拉力', '锚杆拉力', '土钉拉力'],
				waterLevel: ['地下水位', '水位'],
				buildingSettlement: ['周边建筑竖向位移', '建筑物沉降', '周边建筑沉降'],
				pipeSettlement: ['周边管线竖向位移', '管线沉降', '周边管线沉降', '管线变形'],
				crack: ['裂缝', '裂缝宽度', '建筑裂缝'],
			},
		},
		required: true,
		also: ['监测内容', '测项', '监测类型', '类型', '项目'],
	},
	...POSITION.map((field) => ({ ...field, required: true })),
	{
		key: 'designCumulativeMm',
		name: { zh: '累计报警值', en: 'Cumulative limit of the design' },
		of: { type: 'number', unit: 'mm', above: 0, max: 10_000 },
		also: ['累计控制值', '累计值', '累计预警值', '设计累计值', 'design_cumulative_mm'],
	},
	{
		key: 'designRateMmPerDay',
		name: { zh: '速率报警值', en: 'Rate limit of the design' },
		of: { type: 'number', unit: 'mm/d', above: 0, max: 1_000 },
		also: ['变化速率', '速率控制值', '日变化量', '变化速率报警值', 'design_rate_mm_per_day'],
	},
	text('designNote', '设计说明', 'Design note', ['备注', '说明', 'note'], 500),
];
