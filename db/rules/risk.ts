// The risk map of cells: how sites are weighed, which cells are large enough to judge, where the colours begin.

import type { CellRules } from '../../src/lib/domain/risk/cells.ts';
import type { Rule } from '../../src/lib/domain/rule.ts';

const assumed = (value: number, source: string, unit = ''): Rule => ({ value, unit, source, confidence: 'assumed' });

const WEIGHTS = 'own weighing: a major hazard (GB/T 重大事故隐患判定标准) outweighs several ordinary ones';
const COLOURS = 'own limits, set so that an ordinary district shows few red cells; no standard names figures';

export const riskCellRules: CellRules = {
	resolution: assumed(7, 'H3 cells of about 5 km², the size of a city neighbourhood'),
	minimumSites: assumed(3, 'a mean of one or two sites is a statement about them, not about a place'),
	points: {
		hazard: assumed(1, WEIGHTS),
		majorHazard: assumed(8, WEIGHTS),
		high: assumed(4, WEIGHTS),
		medium: assumed(2, WEIGHTS),
		low: assumed(1, WEIGHTS),
		ungraded: assumed(2, 'a site without a grade is taken as medium, never as low'),
	},
	limits: {
		perSite: {
			red: assumed(9, COLOURS, '1/site'),
			orange: assumed(6, COLOURS, '1/site'),
			yellow: assumed(4, COLOURS, '1/site'),
		},
		absolute: { red: assumed(90, COLOURS), orange: assumed(50, COLOURS), yellow: assumed(25, COLOURS) },
	},
};
