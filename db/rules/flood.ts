// Numbers of the flood season: rain grades, what reading of messages may cost, seasons, clocks, exposure.

import type { ExposureRules } from '../../src/lib/domain/flood/exposure.ts';
import type { MovementRules } from '../../src/lib/domain/flood/movement.ts';
import type { RainGradeRules } from '../../src/lib/domain/flood/rain-grade.ts';
import type { SeasonRules } from '../../src/lib/domain/flood/season.ts';
import type { SeverityColours } from '../../src/lib/domain/flood/cap.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';

const rule = (value: number, unit: string, source: string, confidence: Rule['confidence'] = 'assumed'): Rule => ({
	value,
	unit,
	source,
	confidence,
});

/** Limits of XML from outside. */
const xml = {
	bytes: rule(4_000_000, 'B', 'a warning is a few KB, a national feed some hundreds'),
	elements: rule(60_000, '', 'a national feed of CAP messages'),
	depth: rule(40, '', 'CAP in EDXL in Atom is 12 deep'),
};

/** Where no colour is named. Confidence: nobody has fixed it; said on screen as a guess. */
const severityColours: SeverityColours = { Extreme: 'red', Severe: 'orange', Moderate: 'yellow', Minor: 'blue' };

const GRADES = 'GB/T 28592-2012 table 1';
const SHORT = 'practice of rain libraries (cyeva); not in GB/T 28592';
const rainGrades: RainGradeRules = {
	grades: ['moderate', 'heavy', 'rainstorm', 'downpour', 'extreme'],
	from: {
		24: [10, 25, 50, 100, 250].map((mm) => rule(mm, 'mm', GRADES, 'verified')),
		12: [5, 15, 30, 70, 140].map((mm) => rule(mm, 'mm', GRADES, 'verified')),
		3: [3, 10, 20, 50, 70].map((mm) => rule(mm, 'mm', SHORT, 'reported')),
		1: [2, 5, 10, 20, 40].map((mm) => rule(mm, 'mm', SHORT, 'reported')),
	},
	moderateHeavy: {
		24: rule(17, 'mm', '中到大雨 forecast term, 24 h 17.0–37.9 mm', 'reported'),
		12: rule(10, 'mm', '中到大雨 forecast term, 12 h 10.0–22.9 mm', 'reported'),
	},
};

/** One row per bureau; the product ships those whose dates are generally known. Days are inclusive, Asia/Shanghai. */
const SEASON = '防汛条例，通行日期';
const seasons: SeasonRules = {
	zone: '+08:00',
	leadDays: rule(45, 'd', '汛前检查：S003 第二季度重点，提前一个半月'),
	reviewDays: rule(30, 'd', '汛后总结：S003 汛后'),
	byProvince: {
		33: { from: '04-15', to: '10-15', turn: '07-15', source: `浙江省：${SEASON}`, confidence: 'assumed' },
		32: { from: '05-01', to: '09-30', turn: null, source: `江苏省：${SEASON}`, confidence: 'assumed' },
		11: { from: '06-01', to: '09-15', turn: null, source: `北京市：${SEASON}`, confidence: 'assumed' },
	},
	fallback: { from: '05-01', to: '09-30', turn: null, source: `本省未录入：${SEASON}`, confidence: 'assumed' },
};

const movement: MovementRules = {
	grace: rule(15 * 60, 's', '停机令下达到现场落实的时间'),
	hookM: rule(2, 'm', '吊钩升降超过 2 m 视为动作；顺风回转不算'),
	radiusM: rule(1, 'm', '小车变幅超过 1 m 视为动作'),
	loadPercent: rule(12, '%', '空钩与风载以外的起重力矩'),
	window: rule(600, 's', '比较的两次读数相隔最多'),
};

const B13 = 'B13 防汛风险默认值：H 0.5、E 0.3、V 0.2，乘积形式';
const weight = (value: number, source = B13) => rule(value, '', source);
const exposure: ExposureRules = {
	name: 'flood-exposure-1',
	powers: { hazard: weight(0.5), exposure: weight(0.3), vulnerability: weight(0.2) },
	hazard: {
		rain: weight(0.5),
		river: weight(0.2),
		lowGround: weight(0.15),
		history: weight(0.15),
		/** Rain is measured against the “downpour” grade of its span. */
		rainFullGrade: rule(3, '', '大暴雨为满分：GB/T 28592-2012 与 B7'),
		riverFullM: rule(1, 'm', '超警戒 1 m 为满分'),
		riverFromM: rule(-1, 'm', '低于警戒 1 m 开始计分'),
		lowFullM: rule(1.5, 'm', '低于周边 1.5 m 为满分'),
		timesFull: rule(3, '', '近三年积水 3 次为满分'),
	},
	exposure: {
		pit: weight(0.4),
		spoil: weight(0.1),
		underground: weight(0.15),
		water: weight(0.1),
		cranes: weight(0.08),
		structures: weight(0.07),
		formwork: weight(0.05),
		people: weight(0.05),
		pitDepthFullM: rule(12, 'm', '坑深 12 m 为满分（一级基坑常见深度）'),
		pitAreaFullM2: rule(10_000, 'm2', '基坑面积 1 万 m² 为满分'),
		spoilFullM: rule(6, 'm', '堆土高 6 m 为满分'),
		waterFullM: rule(50, 'm', '距水 50 m 以内为满分'),
		waterNoneM: rule(500, 'm', '距水 500 m 以外不计'),
		cranesFull: rule(6, '', '塔机 6 台为满分'),
		structuresFull: rule(20, '', '板房 20 间为满分'),
		peopleFull: rule(300, '', '在场 300 人为满分'),
		formworkFull: rule(2, '', '高支模 2 处为满分'),
	},
	vulnerability: {
		support: weight(0.35),
		pumps: weight(0.25),
		ledger: weight(0.2),
		receipt: weight(0.2),
		/** Even the best prepared site is not invulnerable. */
		least: rule(0.15, '', '准备再充分也不为零'),
		pumpMmPerH: rule(30, 'mm/h', '排水能力按基坑面积 30 mm/h 配置'),
	},
	bands: {
		red: rule(60, '', '0–100 分的分界，待各局校准'),
		orange: rule(40, '', '0–100 分的分界，待各局校准'),
		yellow: rule(20, '', '0–100 分的分界，待各局校准'),
	},
};

export const floodRules = {
	xml,
	severityColours,
	rainGrades,
	seasons,
	movement,
	exposure,
	/** A message that brings more signals than this is refused as a whole. */
	signalsAtOnce: rule(500, '', 'a national feed'),
	/** A polled feed without an answer for so many of its intervals is told to whoever looks at the situation. */
	silentAfterIntervals: rule(3, '', '连续 3 个周期无应答即提示'),
	/** A feed that fails is asked more rarely, at most by this factor. */
	feedBackOff: rule(8, '', '失败后间隔逐次加倍，最多 8 倍'),
	feedBytes: rule(4_000_000, 'B', 'a national list of warnings'),
	/** Answers are asked for within so long where the line does not say. */
	answerWithin: rule(30 * 60, 's', '收到通知 30 分钟内回执'),
	/** A depth somebody reported on the road is believed so long. */
	depthReportS: rule(3 * 3600, 's', '积水点读数三小时后视为过时'),
	/** A station silent for so many of its intervals is not believed. */
	staleIntervals: rule(2, '', '连续 2 个周期无数据即视为过时'),
	/** A gauge farther away does not speak for a site; there the radar does, where there is one. */
	gaugeRadius: rule(8000, 'm', '短时强降雨的水平尺度为几公里，8 km 以外的雨量站不代表工地'),
	/** Share of a span a gauge has to cover for its sum to be whole; below it is what fell at least. */
	gaugeCoverage: rule(0.9, '', '缺测不超过时段的十分之一按整段计；产品默认，待本局与气象部门确认'),
	/** Sums of fields end with the newest one; where that is older, they say nothing whole of now. */
	fieldLag: rule(3600, 's', '小时雷达降水场下一幅到达之前仍以上一幅为准'),
	/** Nearer to a river or lake than this a site counts among 涉河湖. */
	byWater: rule(100, 'm', 'S003 八类：涉河湖工地；100 m 为产品默认，待本局确认'),
	/** An entry of the ledger that ends within so long is announced. */
	ledgerSoonS: rule(30 * 86_400, 's', '到期前 30 天提醒'),
	/** A stage this far below its warning level is announced. */
	nearWarning: rule(0.3, 'm', '距警戒 0.3 m 提示'),
	waterlogging: {
		notice: rule(15, 'cm', 'GB 51222 3.2 一条车道积水不超过 15 cm', 'assumed'),
		warning: rule(25, 'cm', '下穿立交 25 cm 封闭（上海、沈阳）', 'verified'),
		danger: rule(50, 'cm', '常州武进路面标线 50 cm 全部停驶', 'verified'),
	},
	exposureEveryS: rule(600, 's', 'B13：事件中每 10 分钟'),
	terrain: {
		mostCells: rule(2_250_000, '', '1,400 km² in cells of 30 m, in the memory of an office computer'),
		leastM: rule(-500, 'm', 'below any land; what files mark “no data” with lies far beyond'),
		mostM: rule(9000, 'm', 'above any land'),
		/** Roughness of a town between walls and roads. */
		manning: rule(0.05, 's/m^(1/3)', 'Manning n of built-up ground, Chow 1959 table 5-6'),
		/** From this depth on a pit counts as reached. */
		wetM: rule(0.05, 'm', '坑边积水 5 cm 视为到达'),
	},
	dutyDraw: rule(10, '', '一次抽查 10 个工地'),
	dutyAnswerS: rule(900, 's', '抽查 15 分钟内应答'),
	dutyNearM: rule(500, 'm', '应答位置距红线 500 m 以内算在岗'),
	photoBytes: rule(3_000_000, 'B', 'a phone photo scaled to 1600 px'),
};
