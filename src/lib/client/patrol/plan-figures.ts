// What a plan comes to, in the figures by which one plan is chosen over another.

import type { Evaluation } from '#lib/domain/patrol/evaluate.ts';
import { gini } from '#lib/domain/planning/team.ts';

export interface PlanFigures {
	teams: number;
	stops: number;
	/** Of driving. */
	minutes: number;
	km: number;
	left: number;
	broken: number;
	/** Of minutes on the road and on site, between teams; 0 is equal. */
	gini: number;
}

export function figuresOf({ routes, minutes, km, left, broken }: Evaluation): PlanFigures {
	const busy = routes.map(
		({ stops, minutes }) => minutes + stops.reduce((sum, { start, leave }) => sum + leave - start, 0),
	);
	return {
		teams: routes.filter(({ stops }) => stops.length > 0).length,
		stops: routes.reduce((sum, { stops }) => sum + stops.length, 0),
		...{ minutes, km, left: left.length, broken: broken.length },
		gini: gini(busy),
	};
}
