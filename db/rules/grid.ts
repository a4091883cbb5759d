// How much a site weighs for the one who answers for its grid.

import type { BalanceRules } from '../../src/lib/domain/grid/balance.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';

const own = (value: number, unit: string, source: string): Rule => ({ value, unit, source, confidence: 'assumed' });
const WEIGHT = '按默认巡查间隔（30/60/90 天）折算的检查次数之比';

export const gridRules: BalanceRules = {
	weight: { high: own(3, '', WEIGHT), medium: own(1.5, '', WEIGHT), low: own(1, '', WEIGHT) },
	sliverM2: own(500, 'm2', 'own choice: less than a house is rounding, not ground'),
};
