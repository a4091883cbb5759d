// From another page into the planner: a plan is drafted and opened there, and the search begins by itself.

import { goto } from '$app/navigation';
import type { PlanWish } from '#lib/contract/patrol.ts';
import { ask } from '../ask.ts';

/** As many teams as there are officers: a draft takes no more than it can fill. */
export const ALL_TEAMS = 20;

/** @throws what the server answers when no plan can be made */
export async function draftAndOpen(wish: PlanWish): Promise<void> {
	const { id } = await ask<{ id: string }>('/api/v1/patrol/plans', 'POST', wish);
	const parameters = new URLSearchParams(location.search);
	parameters.set('plan', id);
	parameters.set('solve', '1');
	await goto(`/patrol?${parameters.toString()}`);
}
