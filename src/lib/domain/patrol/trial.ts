// A plan with one team's day in another order, timed with all that waits: where look-backs follow visits of other teams,
// a change on one day moves others, and an order that fits by itself need not fit.

import type { Model } from './model.ts';
import { ROUNDING } from './rounding.ts';
import { ordersBroken, timeDays, type Day } from './time-days.ts';
import { timeDay, type TimedDay } from './time-route.ts';

/** Stops that may still be timed. */
export interface Effort {
	left: number;
}

export class Trial {
	readonly model: Model;
	/** Visits of each team in their order. */
	readonly plan: readonly (readonly number[])[];
	/** What the plan breaks as it stands. */
	readonly #broken: number[];
	readonly #orders: number;

	constructor(model: Model, plan: readonly (readonly number[])[]) {
		this.model = model;
		this.plan = plan;
		const days = this.#days(-1, []);
		const timed = timeDays(model, days);
		this.#broken = timed.map(({ broken }) => broken);
		this.#orders = ordersBroken(model, days, timed).length;
	}

	/** @returns the team's day in that order; undefined when it upsets the day of another team or who follows whom */
	with(team: number, order: readonly number[], effort: Effort): TimedDay | undefined {
		if (this.model.followers.length === 0) return timeDay(this.model, team, order);
		const days = this.#days(team, order);
		for (const { visits } of days) effort.left -= visits.length;
		const timed = timeDays(this.model, days);
		const isUpset = timed.some(({ broken }, i) => i !== team && broken > this.#broken[i]! + ROUNDING);
		return isUpset || ordersBroken(this.model, days, timed).length > this.#orders ? undefined : timed[team];
	}

	#days(changed: number, order: readonly number[]): Day[] {
		return this.plan.map((visits, team) => ({ team, visits: [...(team === changed ? order : visits)] }));
	}
}
