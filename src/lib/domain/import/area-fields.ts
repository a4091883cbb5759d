// Fields of towns and management grids.

import { day, text, type Field } from './field.ts';
import { BOUNDARY } from './site-fields.ts';

export const TOWN_FIELDS: readonly Field[] = [
	{
		key: 'code',
		name: { zh: '镇街代码', en: 'Town code' },
		of: { type: 'digits', length: 9 },
		also: ['代码', '编码', '行政区划代码', '街道代码', '乡镇代码', '统计用区划代码', 'town_code', 'adcode', 'xzqdm'],
	},
	{
		...text(
			'name',
			'镇街名称',
			'Town',
			['名称', '镇街', '街道', '乡镇', '镇', '街道名称', '乡镇名称', 'town', 'town_name', 'xzqmc', 'mc'],
			60,
		),
		required: true,
	},
	text('nameEn', '英文名称', 'English name', ['英文名', 'name_en', 'english'], 80),
	{ ...BOUNDARY, required: true },
	day('validFrom', '生效日期', 'Valid from', ['启用日期', 'valid_from']),
];

export const GRID_FIELDS: readonly Field[] = [
	{
		key: 'code',
		name: { zh: '网格编码', en: 'Grid code' },
		of: { type: 'digits', length: 15 },
		required: true,
		also: ['网格代码', '网格编号', '单元网格编码', '编码', '代码', 'grid_code', 'grid_id', 'wgbm'],
	},
	text('name', '网格名称', 'Grid', ['名称', '网格', 'grid', 'grid_name', 'wgmc'], 120),
	{
		key: 'townCode',
		name: { zh: '镇街代码', en: 'Town code' },
		of: { type: 'digits', length: 9 },
		also: ['所属镇街代码', '街道代码', '乡镇代码', 'town_code'],
	},
	{ ...BOUNDARY, required: true },
	text('ownerName', '网格员', 'Owner', ['责任人', '网格长', '负责人', '网格责任人', 'owner', 'owner_name'], 60),
	text('backupName', '备岗人员', 'Backup', ['备岗', 'b岗', '副网格员', '协管员', 'backup', 'backup_name'], 60),
	day('validFrom', '生效日期', 'Valid from', ['启用日期', 'valid_from']),
];
