// How much a site weighs for the one who answers for its grid.

import type { BalanceRules } from '../../src/lib/domain/grid/balance.ts';
import { assumed } from './provenance.ts';

const WEIGHT = '按默认巡查间隔（30/60/90 天）折算的检查次数之比';

export const gridRules: BalanceRules = {
	weight: { high: assumed(3, '', WEIGHT), medium: assumed(1.5, '', WEIGHT), low: assumed(1, '', WEIGHT) },
	sliverM2: assumed(500, 'm2', 'own choice: less than a house is rounding, not ground'),
};
