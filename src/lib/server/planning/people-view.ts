// Officers with their certificates, places to start from, campaigns to plan for, and the load of the rolling month.

import { furthestPlanDays, rollingDays } from '#db/rules/planning.ts';
import type { FairnessView } from '#lib/contract/patrol.ts';
import { dayAfter, shanghaiDay } from '#lib/domain/day.ts';
import { gini } from '#lib/domain/planning/team.ts';
import type { Db } from '../db/connection.ts';
import { roundsBetween } from '../repositories/coverage-round.ts';
import { activeOfficers, vehicles, workloads } from '../repositories/officer.ts';
import { basesOf } from '../repositories/patrol-plan.ts';

export async function peopleView(db: Db, now: Date) {
	const today = shanghaiDay(now);
	const officers = await activeOfficers(db);
	const loads = new Map((await workloads(db, dayAfter(today, -rollingDays.value))).map((load) => [load.officer, load]));
	const all = officers.map(({ name }) => loads.get(name) ?? { officer: name, visits: 0, minutes: 0 });
	const fairness: FairnessView = {
		days: rollingDays.value,
		officers: all.map(({ officer, visits, minutes }) => ({ name: officer, visits, minutes })),
		giniMinutes: gini(all.map(({ minutes }) => minutes)),
		giniVisits: gini(all.map(({ visits }) => visits)),
	};
	const rounds = await roundsBetween(db, today, dayAfter(today, furthestPlanDays.value));
	return {
		today,
		campaigns: rounds
			.filter(({ kind, report }) => kind === 'campaign' && !report)
			.map(({ id, name, fromOn, toOn }) => ({ id, name, fromOn, toOn })),
		officers: officers.map(({ id, name, certificateUntil, skills }) => ({ id, name, certificateUntil, skills })),
		bases: await basesOf(db),
		vehicles: await vehicles(db),
		fairness,
	};
}
