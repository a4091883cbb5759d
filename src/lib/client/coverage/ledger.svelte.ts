// The ledger as the page holds it: read once, and again when visits, rounds or grids have changed.

import type { Ledger, LedgerSite, RoundWish } from '#lib/contract/coverage.ts';
import type { EventMessage, EventType } from '#lib/contract/events.ts';
import { ask } from '../ask.ts';

const CHANGES: readonly EventType[] = [
	...(['coverage:changed', 'rule:changed', 'visit:made', 'hazard:found', 'grid:changed'] as const),
];

export type LedgerFilter = 'overdue' | 'week' | 'lookBack' | 'never' | 'all';

export class LedgerState {
	ledger = $state.raw<Ledger | null>(null);
	fault = $state<string | null>(null);
	#readFor = 0;

	async read(): Promise<void> {
		try {
			this.ledger = await ask<Ledger>('/api/v1/coverage');
			this.fault = null;
		} catch (error) {
			this.fault = error instanceof Error ? error.message : String(error);
		}
	}

	/** Reads again when one of the newest events says that the ledger is another one now. */
	follow(recent: readonly EventMessage[]): void {
		const last = recent.findLast(({ type }) => CHANGES.includes(type))?.seq ?? 0;
		if (last <= this.#readFor) return;
		this.#readFor = last;
		if (this.ledger) void this.read();
	}

	async make(wish: RoundWish): Promise<void> {
		await ask('/api/v1/coverage/rounds', 'POST', wish);
		await this.read();
	}

	async closeCampaign(id: string): Promise<void> {
		await ask(`/api/v1/coverage/rounds/${id}`, 'POST', {});
		await this.read();
	}
}

/** Worst first: the longest overdue on top. */
export function sitesDue({ sites, today }: Ledger, filter: LedgerFilter): LedgerSite[] {
	const week = new Date(Date.parse(today) + 7 * 86_400_000).toISOString().slice(0, 10);
	const shown = sites.filter(
		({ due, lookBack, lastVisitOn }) =>
			filter === 'all' ||
			(filter === 'overdue' && due.overdueDays > 0) ||
			(filter === 'week' && due.dueOn <= week) ||
			(filter === 'lookBack' && lookBack !== null) ||
			(filter === 'never' && lastVisitOn === null),
	);
	return shown.sort((a, b) => b.due.overdueDays - a.due.overdueDays || a.no - b.no);
}
