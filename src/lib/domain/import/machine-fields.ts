// Fields of a register of lifting machines: the machine that keeps its record number for life, and where it stands now.

import { day, text, type Field } from './field.ts';
import { POSITION } from './site-fields.ts';

/** How a row names the site it belongs to: by permit, or by the site's name where that is unique. */
export const SITE_OF: readonly Field[] = [
	{
		key: 'sitePermitNo',
		name: { zh: '施工许可证编号', en: 'Permit number of the site' },
		of: { type: 'permit' },
		also: ['施工许可证号', '许可证编号', '许可证号', '所属项目许可证编号', 'site_permit_no', 'permit_no', 'permit'],
	},
	text(
		'siteName',
		'工程名称',
		'Name of the site',
		[
			'项目名称',
			'工地名称',
			'使用工程',
			'所属项目',
			'所属工程',
			'安装工程名称',
			'使用项目',
			'site_name',
			'site',
			'project_name',
		],
		300,
	),
];

export const MACHINE_FIELDS: readonly Field[] = [
	{
		...text(
			'propertyRecordNo',
			'产权备案编号',
			'Property record number',
			['产权备案号', '备案编号', '备案号', '设备备案号', '产权登记编号', 'property_record_no', 'record_no'],
			60,
		),
		required: true,
	},
	{
		key: 'kind',
		name: { zh: '设备类型', en: 'Kind' },
		of: {
			type: 'choice',
			choices: {
				towerCrane: ['塔式起重机', '塔吊', '塔机', '塔式起重机(塔吊)', 'tower crane', 'tower_crane'],
				hoist: ['施工升降机', '施工电梯', '人货电梯', '人货梯', 'construction hoist'],
				materialHoist: ['物料提升机', '井架', '龙门架', 'material hoist', 'material_hoist'],
				mobileCrane: ['流动式起重机', '汽车吊', '履带吊', '汽车起重机', '履带起重机', 'mobile crane', 'mobile_crane'],
				gantryCrane: ['门式起重机', '龙门吊', '门吊', '桥门式起重机', 'gantry crane', 'gantry_crane'],
			},
		},
		required: true,
		also: ['设备种类', '机械类型', '设备名称', '机械名称', '起重机械类型', '类型', 'type', 'machine_kind'],
	},
	text('factoryNo', '出厂编号', 'Factory number', ['出厂号', '制造编号', '生产编号', 'factory_no', 'serial_no'], 60),
	text('manufacturer', '制造单位', 'Manufacturer', ['生产厂家', '制造厂家', '制造厂', '生产单位', '厂家'], 200),
	text('model', '规格型号', 'Model', ['型号', '设备型号', '机械型号', '型号规格'], 80),
	{
		key: 'ratedMomentKnm',
		name: { zh: '额定起重力矩', en: 'Rated load moment' },
		of: { type: 'number', unit: 'kN·m', above: 0, max: 100_000 },
		also: ['公称起重力矩', '起重力矩', '额定力矩', 'rated_moment', 'rated_moment_knm'],
	},
	{
		...day('manufacturedOn', '出厂日期', 'Made on', [
			'出厂时间',
			'制造日期',
			'生产日期',
			'出厂年月',
			'manufactured_on',
			'made_on',
		]),
		of: { type: 'day', month: true },
	},
	day('assessedUntil', '评估有效期至', 'Assessment valid until', [
		'安全评估有效期',
		'评估有效期',
		'评估到期日',
		'assessed_until',
	]),
	day('testedOn', '检测日期', 'Tested on', ['检验日期', '安装检测日期', '检测时间', 'tested_on']),
	text(
		'equipmentOwner',
		'产权单位',
		'Equipment owner',
		['产权单位名称', '设备产权单位', '产权人', '租赁单位', 'equipment_owner'],
		200,
	),
	...SITE_OF,
	text(
		'useRegistrationNo',
		'使用登记编号',
		'Use registration number',
		['使用登记号', '使用备案号', '使用登记证号', '使用登记证编号', 'use_registration_no'],
		60,
	),
	text(
		'siteNo',
		'自编号',
		'Number on the site',
		['现场编号', '工地编号', '塔吊编号', '设备编号', '编号', 'site_no'],
		40,
	),
	...POSITION,
	{
		key: 'jibRadiusM',
		name: { zh: '臂长', en: 'Jib radius' },
		of: { type: 'number', unit: 'm', above: 0, max: 150 },
		also: ['起重臂长', '起重臂长度', '工作幅度', '最大幅度', '幅度', 'jib', 'jib_radius_m'],
	},
	{
		key: 'counterJibM',
		name: { zh: '平衡臂长', en: 'Counter jib' },
		of: { type: 'number', unit: 'm', min: 0, max: 60 },
		also: ['平衡臂长度', '尾长', 'counter_jib_m'],
	},
	{
		key: 'heightM',
		name: { zh: '安装高度', en: 'Height' },
		of: { type: 'number', unit: 'm', above: 0, max: 800 },
		also: ['塔身高度', '当前高度', '起升高度', '塔高', 'height_m'],
	},
	{
		...day('installedOn', '安装日期', 'Installed on', [
			'安装时间',
			'安装完成日期',
			'进场日期',
			'使用登记日期',
			'installed_on',
		]),
		required: true,
	},
	day('removedOn', '拆除日期', 'Removed on', ['拆卸日期', '拆除时间', '退场日期', 'removed_on']),
];
