// What inspectors write: short findings by category, and at which stage of a site they turn up.

import type { HazardRow } from './rows.ts';
import type { Stage } from './sites.ts';

export type Category = HazardRow['category'];

interface Finding {
	category: Category;
	/** Share among the findings at a site of each stage. */
	weight: Partial<Record<Stage, number>>;
	texts: readonly string[];
	/** What a major hazard of this category reads like, with its item in the 2024 criteria. */
	major?: { text: string; article: number; item: number };
}

const everywhere = (weight: number): Record<Stage, number> => ({
	preparation: weight,
	foundation: weight,
	structure: weight,
	masonry: weight,
	finishing: weight,
	completion: weight,
});

export const FINDINGS: readonly Finding[] = [
	{
		category: 'management',
		weight: everywhere(3),
		texts: [
			'安全技术交底记录未签字',
			'专职安全员当日未在岗',
			'特种作业人员证件未在现场公示',
			'班前教育记录缺失',
			'专项方案变更未重新审批',
		],
		major: { text: '危大工程未按规定编制、审核专项施工方案', article: 4, item: 4 },
	},
	{
		category: 'pit',
		weight: { foundation: 6, structure: 1 },
		texts: [
			'基坑临边防护栏杆缺失约 6 m',
			'坑边堆放钢筋距坑边不足 1.5 m',
			'基坑内集水井排水不畅',
			'上下基坑通道未设扶手',
			'监测点被覆土掩埋未及时恢复',
		],
		major: { text: '深基坑未按规定进行第三方监测', article: 5, item: 3 },
	},
	{
		category: 'formwork',
		weight: { structure: 4, foundation: 1 },
		texts: ['支模架扫地杆缺设', '立杆垫板缺失', '可调托撑外露长度超 200 mm', '水平剪刀撑设置间距过大'],
		major: { text: '模板支架基础承载力和变形不满足设计要求', article: 6, item: 1 },
	},
	{
		category: 'scaffold',
		weight: { structure: 5, masonry: 5, finishing: 3 },
		texts: [
			'脚手架连墙件缺失 2 处',
			'脚手板未满铺',
			'密目网破损未修补',
			'架体内侧未按要求封闭',
			'悬挑型钢锚固螺栓未拧紧',
		],
		major: { text: '脚手架整层连墙件缺失', article: 7, item: 2 },
	},
	{
		category: 'crane',
		weight: { foundation: 3, structure: 5, masonry: 4, finishing: 2 },
		texts: [
			'塔机附着处螺栓松动',
			'吊钩防脱钩装置失效',
			'施工升降机层门联锁不灵敏',
			'钢丝绳断丝接近报废标准',
			'力矩限制器铅封缺失',
			'塔机回转区域未设警戒',
		],
		major: { text: '起重机械未办理使用登记即投入使用', article: 8, item: 1 },
	},
	{
		category: 'height',
		weight: { structure: 5, masonry: 6, finishing: 5, completion: 3 },
		texts: [
			'电梯井口水平防护未设置',
			'楼层临边防护栏杆缺失',
			'高处作业人员未系挂安全带',
			'吊篮安全锁标定过期',
			'预留洞口盖板未固定',
		],
		major: { text: '电梯井道内贯通未设置水平防护', article: 9, item: 4 },
	},
	{
		category: 'power',
		weight: everywhere(4),
		texts: ['二级配电箱未上锁', '电缆沿地面明敷未保护', '开关箱漏电保护器失灵', '一闸多机', '配电箱接地线脱落'],
	},
	{
		category: 'confinedSpace',
		weight: { foundation: 0.6, finishing: 0.8, completion: 0.6 },
		texts: ['有限空间作业未设警示标志', '有限空间作业前未检测气体', '未见有限空间作业审批表'],
		major: { text: '有限空间作业未履行“先通风、再检测、后作业”', article: 11, item: 2 },
	},
	{
		category: 'stacking',
		weight: { foundation: 1, structure: 1, masonry: 1 },
		texts: ['楼面集中堆放砌块超荷载', '材料堆放过高未设防倾覆措施'],
		major: { text: '基坑周边堆载超过设计限值', article: 14, item: 1 },
	},
	{
		category: 'fire',
		weight: everywhere(3),
		texts: [
			'灭火器压力不足',
			'动火作业未见审批',
			'宿舍内使用大功率电器',
			'氧气瓶与乙炔瓶间距不足 5 m',
			'消防通道被材料堵塞',
		],
	},
	{
		category: 'other',
		weight: everywhere(2),
		texts: ['裸土未覆盖', '出入口冲洗设施未正常使用', '围挡局部破损', '雾炮未开启'],
	},
];

/** The findings a major hazard can come from. */
export const MAJOR_FINDINGS = FINDINGS.filter((finding) => finding.major !== undefined);
