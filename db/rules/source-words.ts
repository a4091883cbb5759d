// The sources of rules in both languages of the product. A source is declared once, beside its number; a bare clause
// ("GB 5144-2006 10.5") reads the same in both, and what a bureau writes itself is shown as it wrote it.

export interface SourceWords {
	zh: string;
	en: string;
}

/** By the source as it is declared. A test holds it to the rules a person can look at. */
const ZH: Readonly<Record<string, string>> = {
	'practice of construction platforms; GB 5144-2006 6.1.2 cuts off between 100 and 110 %':
		'各地智慧工地平台通行值；GB 5144-2006 6.1.2 规定 100%～110% 之间切断',
	'every reading counts': '每次读数都计',
	'ANSI/ISA-18.2-2016, IEC 62682, table of annunciated alarms per operator':
		'ANSI/ISA-18.2-2016、IEC 62682 每名操作员告警数量表',
	'EEMUA 191, average and flood rates': 'EEMUA 191 平均与洪水告警率',
	'who answers for the grid is told at once': '网格监督员负责该片区，立即通知',
	'an operator takes an alarm within minutes (EEMUA 191); a bureau sets its own':
		'值班员应在数分钟内接手告警（EEMUA 191）；具体分钟数由本局另定',
	'deadband and delay after the manner of ANSI/ISA-18.2, fitted to the machine':
		'死区与延时参照 ANSI/ISA-18.2，按机械特性取值',
	'MOC Order 166: yearly inspection by a testing agency': '建设部令第 166 号：检测机构每年检验一次',
	'a month to order the agency': '预留一个月委托检测机构',
	'shipped switched on': '出厂启用',
	'shipped switched off: to be back-tested and switched on by the bureau': '出厂停用：由本局回测后启用',
	'begin of wind level 6, announced before the limit of JGJ 196-2010 4.0.9':
		'六级风起点，先于 JGJ 196-2010 4.0.9 的限值提示',
	'live tilt under load against the free-standing mast; not the 4/1000 test of JGJ 196':
		'带载实时倾斜，相对独立塔身基准；不等同于 JGJ 196 的 4/1000 垂直度检测',
	'no climbing (顶升) from wind level 4 on; local stop-work lists': '四级风及以上停止顶升；各地停工清单',
	'own steps before the two metres of GB 5144-2006 10.5': '在 GB 5144-2006 10.5 规定的 2 m 之前自设的提示档',
	'two poses in a row: one may be read wrongly': '连续两次位置：一次可能读错',
	'JGJ 215 / GB 26557: no erection of hoists above 13 m/s': 'JGJ 215 / GB 26557：风速超过 13 m/s 不得安装升降机',
	'JGJ 215 / GB 26557: a hoist stops at 20 m/s': 'JGJ 215 / GB 26557：风速 20 m/s 升降机停止运行',
	'no gondola work from wind level 5 on; JGJ 202, local stop-work lists': '五级风及以上停用吊篮；JGJ 202、各地停工清单',
	'bands of the metro standard GB 50911, taken over for pits': '参照 GB 50911 城市轨道交通分级，用于基坑',
	'GB 50497-2019 8.0.8: reaching the warning value is reported at once': 'GB 50497-2019 8.0.8：达到预警值立即报告',
	'a repeat measurement confirms a displacement': '位移须复测确认',
	'GB 50497-2019 8.0.4 note: above 70 % of the rate three times in a row':
		'GB 50497-2019 8.0.4 注：速率连续三次超过预警值的 70%',
	'GB 50497-2019 8.0.4 note: three times in a row': 'GB 50497-2019 8.0.4 注：连续三次',
	'two points rule out one bad sensor': '两个测点一致，可排除单个传感器故障',
	'three points of one side: the wall moves': '同一侧三个测点一致：支护在动',
	'a point agrees or not': '测点一致或不一致',
	'GB 50497-2019 8.0.9 (mandatory): danger alarm at once': 'GB 50497-2019 8.0.9（强制性条文）：立即危险报警',
	'a sign is there or not': '征兆有或没有',
	'GB 3095-2012 class 2 mean of a day, taken for a quarter of an hour; local limits are set by the bureau':
		'GB 3095-2012 二级日均值，按十五分钟均值使用；本地限值由本局设定',
	'GB 12523-2011 (GB 12523-2025 replaced it on 2026-01-01; its limits were not re-read)':
		'GB 12523-2011（2026-01-01 起由 GB 12523-2025 替代，新限值尚未复核）',
	'no standard names it: below it cameras take welding light for fire and hats for heads':
		'无标准规定：低于此把握，摄像机会把焊光当明火、把帽子当光头',
	'a camera says it once per event': '摄像机每个事件只报一次',
	'an event is there or not': '事件有或没有',
	'cameras watch for seconds before they say anything': '摄像机观察数秒后才上报',
	'the same thing seen again within ten minutes is the same alarm': '十分钟内再次识别到同一事件视为同一报警',
	'the box says it or not': '设备报或未报',
	'public frame of tower-crane platforms, bits 2 and 5 to 8; the order of the bits is to be confirmed per vendor by a live test':
		'塔机监控平台公开报文第 2、5～8 位；位序须逐家实测确认',
	'two reports in a row: a jib that passes is over by the next': '连续两次上报：吊臂一过，下一次即消失',
	'JT/T 808 table of the alarm word, bit 0: pressed by a person; the terminal says it once, until it is answered':
		'JT/T 808 报警标志位第 0 位：人员按下紧急报警，收到应答后即清零',
	'a call for help is not repeated': '求助不会重复报',
	'three heartbeats missed': '连续三次未收到心跳',
};

/** Declared in Chinese, because the clause is a Chinese table. */
const EN: Readonly<Record<string, string>> = {
	'设计单位给定 · GB 50497-2019 8.0.1': 'given by the designer · GB 50497-2019 8.0.1',
	'GB 50497-2019 表 8.0.4 墙（坡）顶水平位移': 'GB 50497-2019 table 8.0.4, horizontal displacement of the wall top',
	'GB 50497-2019 表 8.0.4 墙（坡）顶竖向位移': 'GB 50497-2019 table 8.0.4, vertical displacement of the wall top',
	'GB 50497-2019 表 8.0.4 深层水平位移': 'GB 50497-2019 table 8.0.4, deep horizontal displacement',
	'GB 50497-2019 表 8.0.4 立柱竖向位移': 'GB 50497-2019 table 8.0.4, vertical displacement of columns',
	'GB 50497-2019 表 8.0.4 地表竖向位移': 'GB 50497-2019 table 8.0.4, settlement of the ground',
	'GB 50497-2019 表 8.0.4 坑底隆起（回弹）': 'GB 50497-2019 table 8.0.4, heave of the bottom',
	'GB 50497-2019 表 8.0.5 地下水位变化': 'GB 50497-2019 table 8.0.5, change of groundwater',
	'GB 50497-2019 表 8.0.5 刚性压力管道': 'GB 50497-2019 table 8.0.5, rigid pressure pipes',
	'GB 50497-2019 表 8.0.5 邻近建筑位移（累计值按 GB 50007）':
		'GB 50497-2019 table 8.0.5, displacement of neighbouring buildings (cumulative by GB 50007)',
	'GB 50497-2019 表 8.0.5 建筑裂缝宽度（既有裂缝，持续发展）':
		'GB 50497-2019 table 8.0.5, cracks of buildings (existing and growing)',
	'JGJ 196-2010 4.0.9 “12m/s(6级)”': 'JGJ 196-2010 4.0.9 “12 m/s (wind level 6)”',
	'本产品默认，没有文件给出数值': 'own default; no document names a figure',
	'本产品默认，没有文件给出数值；永康“两月一轮”全覆盖':
		'own default; no document names a figure; Yongkang covers every site once in two months',
	'本产品默认，没有文件给出数值；北京质量监督每 3 个月至少 1 次':
		'own default; no document names a figure; quality supervision of Beijing: once in 3 months at least',
	'本产品默认，没有文件给出数值；每年不少于 2 轮':
		'own default; no document names a figure; two rounds a year at least',
	'重点时段提级管控（通州 2023 年工作要点）；倍数为本产品默认':
		'closer control in key periods (Tongzhou, plan of 2023); the factor is an own default',
	'全覆盖防汛隐患排查（通州 2023）；倍数为本产品默认':
		'flood check of every site (Tongzhou 2023); the factor is an own default',
	'施工现场“红”“黄”警示管理（永康 2023）；倍数为本产品默认':
		'red and yellow signs of sites (Yongkang 2023); the factor is an own default',
	'“绿牌”工地减少频次（通住建委发〔2021〕35号）；倍数为本产品默认':
		'fewer visits to green-plate sites (Tongzhou, notice 35 of 2021); the factor is an own default',
	'差异化监管：提高检查频次（常州 2023）；本产品默认，没有文件给出数值':
		'supervision by record: more frequent checks (Changzhou 2023); own default; no document names a figure',
	'每年不少于 2 轮全覆盖（连云港治本攻坚三年行动 (1)；常州 2023）':
		'two rounds of full coverage a year at least (Lianyungang, three-year action (1); Changzhou 2023)',
	'重大事故隐患立即停工、挂牌督办；复查期限为本产品默认':
		'a major hazard stops work at once and is put on the list; the days until it is looked at again are an own default',
	'无事不扰、综合查一次（萧山 2025）；天数为本产品默认':
		'no visit without cause, everything in one visit (Xiaoshan 2025); the days are an own default',
	'入企计划、无事不扰（萧山 2025）；次数为本产品默认':
		'monthly plan of visits, no visit without cause (Xiaoshan 2025); how many is an own default',
	'检查频次过低（连云港三年行动 (14)）；比例为本产品默认':
		'visited too seldom (Lianyungang, three-year action (14)); the share is an own default',
	'全覆盖轮次的截止日（常州 2023、永康 2023；轮次由本局设定）':
		'the last day of a round of full coverage (Changzhou 2023, Yongkang 2023; rounds are set by the bureau)',
	整改通知载明的整改期限: 'the day named in the notice to rectify',
	'从未检查且无开工日期：不明即按应查': 'never visited and no day of start: what is not known is due',
	'连云港三年行动 (1)：每年不少于 2 轮': 'Lianyungang, three-year action (1): two rounds a year at least',
	'常州 2023：6 月底前、9 月底前各 1 轮': 'Changzhou 2023: one round by the end of June, one by the end of September',
	'国务院办公厅节假日安排；具体放假日期每年另行公布，此处为法定日前后':
		'holidays of the State Council; the days off are announced each year, these lie around the statutory ones',
	'普通高考、高中招生考试通常日期，以当年教育部门公布为准':
		'usual days of the entrance examinations; what the education office announces holds',
	'通州区 2023 年分季度检查重点': 'Tongzhou 2023, what each quarter is checked for',
	本局在覆盖台账中录入: 'entered in the coverage ledger by the bureau',
	'浙江省：防汛条例，通行日期': 'Zhejiang: flood control regulations, generally known days',
	'江苏省：防汛条例，通行日期': 'Jiangsu: flood control regulations, generally known days',
	'北京市：防汛条例，通行日期': 'Beijing: flood control regulations, generally known days',
	'本省未录入：防汛条例，通行日期': 'a province not on record: flood control regulations, generally known days',
	'杭州市建设工程分级分类监管通知（2023-08）：基坑深度 5 m 及以上为高风险':
		'Hangzhou, notice on graded supervision (2023-08): a pit of 5 m and deeper is high risk',
	'杭州市建设工程分级分类监管通知（2023-08）：基坑深度小于 3 m 为低风险':
		'Hangzhou, notice on graded supervision (2023-08): a pit below 3 m is low risk',
	'杭州市建设工程分级分类监管通知（2023-08）：发生亡人事故直接列为高风险，3 个月后方可下调':
		'Hangzhou, notice on graded supervision (2023-08): a fatal accident makes a project high risk, for 3 months at least',
	'按默认巡查间隔（30/60/90 天）折算的检查次数之比':
		'visits in proportion to the default intervals of 30, 60 and 90 days',
};

/** A source for both languages; where only one is known it stands in both. */
export function sourceWords(source: string): SourceWords {
	return { zh: ZH[source] ?? source, en: EN[source] ?? source };
}
