// The ladder as shipped: found rules of several cities and standards, each with its source, all marked as templates. A
// bureau copies them into its own set and edits them there. S003 already reacts at 中到大雨, below any signal.

import type { LadderLine } from '../../src/lib/domain/flood/ladder.ts';

type Line = Omit<LadderLine, 'id' | 'isTemplate' | 'isOn' | 'answerMinutes'> & { answerMinutes?: number };

const line = (
	trigger: Line['trigger'],
	fromLevel: Line['fromLevel'],
	work: Line['work'],
	measure: Line['measure'],
	rest: Pick<Line, 'basis' | 'source' | 'confidence'> & Partial<Line>,
): Line => ({ trigger, fromLevel, work, measure, everyHours: null, note: '', ...rest });

const WIND6 = {
	basis: '《建筑施工起重吊装工程安全技术规范》JGJ 276-2012 3.0.12',
	source: 'JGJ 276 3.0.12：六级及以上大风停止露天高处与吊装作业',
	confidence: 'verified',
} as const;
const HEIGHT = {
	basis: '《建筑施工高处作业安全技术规范》JGJ 80-2016 3.0.8',
	source: 'JGJ 80 3.0.8：六级强风、浓雾、沙尘暴等不得进行露天攀登与悬空作业',
	confidence: 'verified',
} as const;
const LIST = { basis: '大风天气施工作业限制汇编', source: '公开汇编，待核对原文', confidence: 'reported' } as const;
const TYPHOON = {
	basis: '中山市住建局台风蓝色预警防御要求',
	source: '中山市：塔机停用、吊篮吊笼落地、大臂随风自由',
	confidence: 'verified',
} as const;
const THUNDER = {
	basis: '深圳市住房建设局雷雨大风预警防御要求',
	source: '深圳市：黄色停止高处与户外作业；橙色、红色停工、断电、撤离危险区',
	confidence: 'verified',
} as const;
const TONGZHOU = {
	basis: '北京市通州区暴雨黄色预警停工通知（2023-07-29）',
	source: '通州：暴雨黄色预警，房建、轨道、地下工程全部停工；其他城市多为橙色',
	confidence: 'verified',
} as const;
const HEBEI = {
	basis: '河北省城市暴雨预警分级（2012）',
	source: '河北：蓝色准备，黄色暂停户外，橙色停工，红色撤离',
	confidence: 'verified',
} as const;
const S003 = {
	basis: '通州区 2023 年工作要点：中到大雨和大风预警响应',
	source: 'S003：中到大雨即启动响应并值守',
	confidence: 'verified',
} as const;
const DESIGN = { basis: '产品默认，待本局确认', source: '本产品默认值', confidence: 'assumed' } as const;

export const LADDER_TEMPLATE: readonly Line[] = [
	line('moderateHeavyRain', 'any', 'all', 'dutyWatch', S003),
	line('moderateHeavyRain', 'any', 'pit', 'pump', { ...DESIGN, note: '检查排水泵与集水井，坑边堆载清理' }),
	line('moderateHeavyRain', 'any', 'spoil', 'coverSlope', DESIGN),

	line('rainstorm', 'blue', 'all', 'prepare', HEBEI),
	line('rainstorm', 'blue', 'pit', 'pump', DESIGN),
	line('rainstorm', 'yellow', 'outdoor', 'stopWork', {
		...TONGZHOU,
		note: '通州黄色即全部停工；河北黄色为暂停户外作业',
	}),
	line('rainstorm', 'yellow', 'lifting', 'stopLifting', { ...HEBEI, answerMinutes: 30 }),
	line('rainstorm', 'yellow', 'gondola', 'lowerGondola', DESIGN),
	line('rainstorm', 'yellow', 'belowGround', 'clearBelowGround', { ...TONGZHOU, answerMinutes: 30 }),
	line('rainstorm', 'orange', 'all', 'stopWork', { ...HEBEI, answerMinutes: 30 }),
	line('rainstorm', 'orange', 'power', 'cutPower', DESIGN),
	line('rainstorm', 'orange', 'sheds', 'moveFromSheds', DESIGN),
	line('rainstorm', 'red', 'all', 'evacuate', { ...HEBEI, answerMinutes: 15 }),

	line('typhoon', 'blue', 'lifting', 'stopLifting', TYPHOON),
	line('typhoon', 'blue', 'lifting', 'releaseSlew', TYPHOON),
	line('typhoon', 'blue', 'gondola', 'lowerGondola', TYPHOON),
	line('typhoon', 'blue', 'hoist', 'hoistToGround', TYPHOON),
	line('typhoon', 'yellow', 'outdoor', 'stopWork', DESIGN),
	line('typhoon', 'orange', 'sheds', 'moveFromSheds', DESIGN),
	line('typhoon', 'orange', 'power', 'cutPower', DESIGN),
	line('typhoon', 'red', 'all', 'evacuate', { ...DESIGN, answerMinutes: 15 }),

	line('gale', 'blue', 'gondola', 'lowerGondola', { ...LIST, note: '五级风停用吊篮' }),
	line('gale', 'blue', 'climbing', 'stopClimbing', { ...LIST, note: '四级风以上不得顶升' }),
	line('gale', 'blue', 'height', 'stopHeight', HEIGHT),
	line('gale', 'blue', 'lifting', 'stopLifting', WIND6),
	line('gale', 'blue', 'lifting', 'releaseSlew', WIND6),
	line('gale', 'blue', 'hoist', 'hoistToGround', LIST),
	line('gale', 'orange', 'sheds', 'moveFromSheds', DESIGN),

	line('thunderGale', 'yellow', 'height', 'stopHeight', THUNDER),
	line('thunderGale', 'yellow', 'outdoor', 'stopWork', THUNDER),
	line('thunderGale', 'yellow', 'lifting', 'stopLifting', THUNDER),
	line('thunderGale', 'orange', 'all', 'stopWork', THUNDER),
	line('thunderGale', 'orange', 'power', 'cutPower', THUNDER),
	line('thunderGale', 'orange', 'belowGround', 'clearBelowGround', THUNDER),
	line('lightning', 'yellow', 'height', 'stopHeight', DESIGN),
	line('lightning', 'orange', 'lifting', 'stopLifting', DESIGN),
	line('hail', 'orange', 'outdoor', 'stopWork', DESIGN),

	line('flood', 'blue', 'belowGround', 'clearBelowGround', DESIGN),
	line('flood', 'orange', 'all', 'evacuate', { ...DESIGN, answerMinutes: 15 }),
	line('waterlogging', 'yellow', 'belowGround', 'clearBelowGround', DESIGN),
	line('geology', 'yellow', 'sheds', 'moveFromSheds', DESIGN),
	line('heat', 'orange', 'outdoor', 'shortenHours', {
		basis: '《防暑降温措施管理办法》安监总安健〔2012〕89号 第八条',
		source: '37–40 ℃ 户外作业不超过 6 小时，最热 3 小时内不作业',
		confidence: 'verified',
	}),
	line('heat', 'red', 'outdoor', 'stopWork', {
		basis: '《防暑降温措施管理办法》安监总安健〔2012〕89号 第八条',
		source: '40 ℃ 及以上当日停止户外作业',
		confidence: 'verified',
	}),

	line('response', 'IV', 'all', 'dutyWatch', DESIGN),
	line('response', 'IV', 'all', 'checkEvery', { ...DESIGN, everyHours: 6, note: '每 6 小时巡查一次并回执' }),
	line('response', 'III', 'belowGround', 'clearBelowGround', DESIGN),
	line('response', 'III', 'lifting', 'stopLifting', DESIGN),
	line('response', 'II', 'all', 'stopWork', DESIGN),
	line('response', 'II', 'all', 'checkEvery', { ...DESIGN, everyHours: 3 }),
	line('response', 'II', 'sheds', 'moveFromSheds', DESIGN),
	line('response', 'I', 'all', 'evacuate', { ...DESIGN, answerMinutes: 15 }),
];
