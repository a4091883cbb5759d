// How often who is visited, and what lies behind each number. A bureau may put its own in the place of every rule.

import type { DueRules } from '../../src/lib/domain/coverage/due.ts';
import type { CoverageRules } from '../../src/lib/domain/coverage/numbers.ts';
import type { RoundCalendar } from '../../src/lib/domain/coverage/round.ts';
import type { Confidence, Rule } from '../../src/lib/domain/rule.ts';

const rule = (value: number, unit: string, source: string, confidence: Confidence = 'assumed'): Rule => ({
	value,
	unit,
	source,
	confidence,
});
const OWN = '本产品默认，没有文件给出数值';
const HANGZHOU = '杭州市建设工程分级分类监管通知（2023-08）';

export const dueRules: DueRules = {
	interval: {
		high: rule(30, 'd', OWN),
		medium: rule(60, 'd', `${OWN}；永康“两月一轮”全覆盖`),
		low: rule(90, 'd', `${OWN}；北京质量监督每 3 个月至少 1 次`),
	},
	keyPeriod: rule(0.5, '', '重点时段提级管控（通州 2023 年工作要点）；倍数为本产品默认'),
	flood: rule(0.7, '', '全覆盖防汛隐患排查（通州 2023）；倍数为本产品默认'),
	yellowSign: rule(0.7, '', '施工现场“红”“黄”警示管理（永康 2023）；倍数为本产品默认'),
	redSign: rule(0.5, '', '施工现场“红”“黄”警示管理（永康 2023）；倍数为本产品默认'),
	greenPlate: rule(1.3, '', '“绿牌”工地减少频次（通住建委发〔2021〕35号）；倍数为本产品默认'),
	afterStopWork: rule(0.5, '', `差异化监管：提高检查频次（常州 2023）；${OWN}`),
	afterRectify: rule(0.8, '', `差异化监管：提高检查频次（常州 2023）；${OWN}`),
	warningAlarm: rule(0.8, '', OWN),
	floor: rule(7, 'd', OWN),
	cap: rule(180, 'd', `${OWN}；每年不少于 2 轮`),
	legalDays: rule(183, 'd', '每年不少于 2 轮全覆盖（连云港治本攻坚三年行动 (1)；常州 2023）', 'verified'),
	majorDays: rule(3, 'd', `重大事故隐患立即停工、挂牌督办；复查期限为本产品默认`),
	dangerDays: rule(1, 'd', OWN),
	lookBackGraceDays: rule(3, 'd', OWN),
	quietDays: rule(14, 'd', '无事不扰、综合查一次（萧山 2025）；天数为本产品默认'),
	monthlyCap: rule(1, '/mo', '入企计划、无事不扰（萧山 2025）；次数为本产品默认'),
	highPitM: rule(5, 'm', `${HANGZHOU}：基坑深度 5 m 及以上为高风险`, 'verified'),
	lowPitM: rule(3, 'm', `${HANGZHOU}：基坑深度小于 3 m 为低风险`, 'verified'),
	fatalDays: rule(92, 'd', `${HANGZHOU}：发生亡人事故直接列为高风险，3 个月后方可下调`, 'verified'),
	grounds: {
		round: { source: '全覆盖轮次的截止日（常州 2023、永康 2023；轮次由本局设定）', confidence: 'verified' },
		rectify: { source: '整改通知载明的整改期限', confidence: 'verified' },
		neverVisited: { source: '从未检查且无开工日期：不明即按应查', confidence: 'assumed' },
	},
};

export const coverageRules: CoverageRules = {
	...dueRules,
	paceDays: rule(20, 'd', OWN),
	lowShare: rule(0.5, '', '检查频次过低（连云港三年行动 (14)）；比例为本产品默认'),
	frequencyDays: rule(90, 'd', OWN),
};

/** Full coverage twice a year: within the half-years; Changzhou's second round ends on 30 September. */
export const roundCalendars: Record<'halfYears' | 'changzhou', RoundCalendar & { source: string }> = {
	halfYears: { firstEnds: '06-30', secondEnds: '12-31', source: '连云港三年行动 (1)：每年不少于 2 轮' },
	changzhou: { firstEnds: '06-30', secondEnds: '09-30', source: '常州 2023：6 月底前、9 月底前各 1 轮' },
};
