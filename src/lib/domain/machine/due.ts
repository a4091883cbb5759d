// Whether something that must be repeated is overdue: the yearly inspection of a machine, an assessment that ends.

import type { Rule } from '../rule.ts';

export interface DueRules {
	/** Days after an inspection until the next one must be done. */
	test: Rule;
	/** Days before, in which it is announced. */
	soon: Rule;
}

/** `unknown`: nobody wrote down when it was done last; never shown as in order. */
export type DueState = 'inOrder' | 'soon' | 'overdue' | 'unknown';

export interface Due {
	state: DueState;
	/** Whole days left, negative when overdue; null when not known. */
	daysLeft: number | null;
}

const DAY_MS = 86_400_000;

/** @param dueOn - the last day it is in order; null: not known */
export function dueState(dueOn: Date | null, soon: Rule, on: Date): Due {
	if (!dueOn) return { state: 'unknown', daysLeft: null };
	const daysLeft = Math.floor((dueOn.getTime() - on.getTime()) / DAY_MS);
	return { state: daysLeft < 0 ? 'overdue' : daysLeft <= soon.value ? 'soon' : 'inOrder', daysLeft };
}

/** The day an inspection falls due again. */
export function nextTestOn(testedOn: Date | null, { test }: DueRules): Date | null {
	return testedOn && new Date(testedOn.getTime() + test.value * DAY_MS);
}
