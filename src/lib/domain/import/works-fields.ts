// Fields of registers of high formwork supports and of climbing scaffolds: works that stand on a site for a while.

import { day, text, type Field } from './field.ts';
import { SITE_OF } from './machine-fields.ts';
import { POSITION } from './site-fields.ts';

const STANDS: readonly Field[] = [
	...POSITION,
	{
		...day('erectedOn', '搭设日期', 'Erected on', ['搭设时间', '开始搭设日期', '安装日期', 'erected_on']),
		required: true,
	},
	day('removedOn', '拆除日期', 'Removed on', ['拆除时间', '拆除完成日期', 'removed_on']),
];

/** Bounds leave out slips of the pen, not the unusual: a support of 30 m has been built. */
export const FORMWORK_FIELDS: readonly Field[] = [
	...SITE_OF,
	{
		...text('name', '支模架名称', 'Formwork', ['名称', '部位', '搭设部位', '高支模名称', '高支模部位'], 120),
		required: true,
	},
	{
		key: 'heightM',
		name: { zh: '搭设高度', en: 'Height' },
		of: { type: 'number', unit: 'm', above: 0, max: 100 },
		also: ['支模高度', '高度', 'height_m'],
	},
	{
		key: 'spanM',
		name: { zh: '搭设跨度', en: 'Span' },
		of: { type: 'number', unit: 'm', above: 0, max: 200 },
		also: ['跨度', '支模跨度', 'span_m'],
	},
	{
		key: 'loadKnPerM2',
		name: { zh: '施工总荷载', en: 'Load' },
		of: { type: 'number', unit: 'kN/m²', above: 0, max: 200 },
		also: ['总荷载', '荷载', '面荷载', 'load_kn_per_m2'],
	},
	...STANDS,
];

export const SCAFFOLD_FIELDS: readonly Field[] = [
	...SITE_OF,
	{
		...text('name', '爬架名称', 'Climbing scaffold', ['名称', '楼号', '部位', '附着式升降脚手架'], 120),
		required: true,
	},
	{
		key: 'liftHeightM',
		name: { zh: '提升高度', en: 'Lift height' },
		of: { type: 'number', unit: 'm', above: 0, max: 400 },
		also: ['爬升高度', '高度', '架体高度', 'lift_height_m'],
	},
	day('inspectedOn', '验收日期', 'Inspected on', ['检验日期', '检测日期', '检查日期', 'inspected_on']),
	...STANDS,
];
