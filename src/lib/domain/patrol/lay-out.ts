// Lays a plan out as routes, stop behind stop. What does not fit where it stands is left out.

import type { Precedence } from './precedence.ts';
import type { Routes } from './routes.ts';

/** @param plan - visits per team, in order; whatever the routes held before is taken out */
export function layOut(routes: Routes, precedence: Precedence | undefined, plan: readonly (readonly number[])[]): void {
	const { model } = routes;
	for (let team = 0; team < model.teams; team++) {
		if (routes.length[team] === 0) continue;
		routes.cut(team, 1, routes.length[team]!);
		routes.recount(team);
	}
	precedence?.lift();
	if (precedence) for (const { visit, team } of precedence.planOrder(plan)) append(routes, precedence, visit, team);
	else
		plan.forEach((visits, team) => {
			for (const visit of visits) append(routes, undefined, visit, team);
		});
}

function append(routes: Routes, precedence: Precedence | undefined, visit: number, team: number): void {
	if (routes.routeOf[visit]! >= 0) return;
	const before = routes.model.after[visit]!;
	const end = routes.length[team]!;
	if (before >= 0 && routes.routeOf[before]! < 0) return;
	if (before >= 0) precedence!.scanBehind(visit, team, end);
	else routes.scan(visit, team, end);
	if (routes.at1 < 0) return;
	const price = routes.cost1;
	if (before >= 0) precedence!.bind(visit, team, () => undefined);
	routes.insert(visit, team, end, price);
}
