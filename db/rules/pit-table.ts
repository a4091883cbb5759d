// Tables 8.0.4 and 8.0.5 of GB 50497-2019 with the lower bounds, as far as they could be checked. They count only where
// the designer gave no value (8.0.1). Confidence `reported`: a public transcription and memory agree; `assumed`: one of
// them only, or they disagree. To be compared with the printed standard before they decide anything.
// The public transcription has the columns of pipes and roads swapped (cumulative 3–5 mm, rate 10–40 mm/d); here they
// stand the right way round.

import type { LimitRow, PitGrade } from '../../src/lib/domain/pit/limit.ts';
import type { Confidence, Rule } from '../../src/lib/domain/rule.ts';

type Three = readonly [I: number | null, II: number | null, III: number | null];

interface Entry {
	quantity: string;
	supports?: readonly string[];
	cumulative: Three;
	/** Percent of the depth. */
	ofDepth?: Three;
	rate: Three;
	confidence: Confidence;
	/** Of the rate, where it is another. */
	rateConfidence?: Confidence;
	clause: string;
}

const NAILED = ['soilNailWall', 'compositeSoilNailWall', 'anchoredShotcrete', 'slope'];
const STIFF = ['boredPile', 'diaphragmWall', 'sheetPile'];
const none: Three = [null, null, null];

const ENTRIES: readonly Entry[] = [
	{
		quantity: 'wallTopHorizontal',
		supports: [...NAILED, 'cementSoilWall'],
		...{ cumulative: [30, 40, 50], ofDepth: [0.3, 0.5, 0.7], rate: [3, 4, 5] },
		...{ confidence: 'reported', clause: '表 8.0.4 墙（坡）顶水平位移' },
	},
	{
		quantity: 'wallTopHorizontal',
		supports: [...STIFF, 'steelCementSoilWall'],
		...{ cumulative: [20, 30, 40], ofDepth: [0.2, 0.3, 0.6], rate: [2, 2, 3] },
		...{ confidence: 'reported', clause: '表 8.0.4 墙（坡）顶水平位移' },
	},
	{
		quantity: 'wallTopVertical',
		supports: NAILED,
		...{ cumulative: [20, 30, 40], ofDepth: [0.2, 0.4, 0.6], rate: [2, 3, 4] },
		...{ confidence: 'assumed', clause: '表 8.0.4 墙（坡）顶竖向位移' },
	},
	{
		quantity: 'wallTopVertical',
		supports: ['cementSoilWall', 'steelCementSoilWall'],
		...{ cumulative: [null, 30, 40], ofDepth: [null, 0.6, 0.8], rate: [null, 3, 4] },
		...{ confidence: 'assumed', clause: '表 8.0.4 墙（坡）顶竖向位移' },
	},
	{
		quantity: 'wallTopVertical',
		supports: STIFF,
		...{ cumulative: [10, 20, 30], ofDepth: [0.1, 0.3, 0.5], rate: [2, 2, 3] },
		...{ confidence: 'reported', clause: '表 8.0.4 墙（坡）顶竖向位移' },
	},
	{
		quantity: 'deepHorizontal',
		supports: ['compositeSoilNailWall'],
		...{ cumulative: [40, 50, 60], ofDepth: [0.4, 0.6, 0.7], rate: [3, 4, 5] },
		...{ confidence: 'reported', clause: '表 8.0.4 深层水平位移' },
	},
	{
		quantity: 'deepHorizontal',
		supports: ['steelCementSoilWall'],
		...{ cumulative: [null, 50, 60], ofDepth: [null, 0.6, 0.7], rate: [null, 4, 5] },
		...{ confidence: 'assumed', clause: '表 8.0.4 深层水平位移' },
	},
	{
		quantity: 'deepHorizontal',
		supports: ['sheetPile'],
		...{ cumulative: [50, 60, 70], ofDepth: [0.6, 0.7, 0.8], rate: [2, 3, 4] },
		...{ confidence: 'reported', clause: '表 8.0.4 深层水平位移' },
	},
	{
		quantity: 'deepHorizontal',
		supports: ['boredPile', 'diaphragmWall'],
		...{ cumulative: [30, 40, 50], ofDepth: [0.3, 0.4, 0.6], rate: [2, 3, 4] },
		...{ confidence: 'reported', rateConfidence: 'assumed', clause: '表 8.0.4 深层水平位移' },
	},
	{
		quantity: 'columnVertical',
		...{ cumulative: [20, 20, 20], rate: [2, 2, 2] },
		...{ confidence: 'reported', clause: '表 8.0.4 立柱竖向位移' },
	},
	{
		quantity: 'groundSettlement',
		...{ cumulative: [25, 35, 45], rate: [2, 3, 4] },
		...{ confidence: 'reported', clause: '表 8.0.4 地表竖向位移' },
	},
	{
		quantity: 'bottomHeave',
		...{ cumulative: [30, 30, 30], rate: [4, 4, 4] },
		...{ confidence: 'reported', clause: '表 8.0.4 坑底隆起（回弹）' },
	},
	{
		quantity: 'waterLevel',
		...{ cumulative: [1000, 1000, 1000], rate: [500, 500, 500] },
		...{ confidence: 'reported', clause: '表 8.0.5 地下水位变化' },
	},
	// Of the three kinds of pipe the register does not yet tell which; the strictest one counts.
	{
		quantity: 'pipeSettlement',
		...{ cumulative: [10, 10, 10], rate: [2, 2, 2] },
		...{ confidence: 'reported', rateConfidence: 'assumed', clause: '表 8.0.5 刚性压力管道' },
	},
	{
		quantity: 'buildingSettlement',
		...{ cumulative: none, rate: [2, 2, 2] },
		...{ confidence: 'reported', clause: '表 8.0.5 邻近建筑位移（累计值按 GB 50007）' },
	},
	// An existing crack of a building that grows.
	{
		quantity: 'crack',
		...{ cumulative: [1.5, 1.5, 1.5], rate: none },
		...{ confidence: 'reported', clause: '表 8.0.5 建筑裂缝宽度（既有裂缝，持续发展）' },
	},
];

const GRADES = ['I', 'II', 'III'] as const;

function byGrade(values: Three, unit: string, clause: string, confidence: Confidence): Record<PitGrade, Rule | null> {
	const rule = (value: number | null): Rule | null =>
		value === null ? null : { value, unit, source: `GB 50497-2019 ${clause}`, confidence };
	return Object.fromEntries(GRADES.map((grade, i) => [grade, rule(values[i]!)])) as Record<PitGrade, Rule | null>;
}

export const pitTable: readonly LimitRow[] = ENTRIES.map((entry): LimitRow => {
	const { quantity, supports, cumulative, ofDepth = none, rate, clause, confidence } = entry;
	return {
		quantity,
		...(supports ? { supports } : {}),
		cumulative: byGrade(cumulative, 'mm', clause, confidence),
		ofDepth: byGrade(ofDepth, '%', clause, confidence),
		ratePerDay: byGrade(rate, 'mm/d', clause, entry.rateConfidence ?? confidence),
	};
});
