// The flood ledger (防汛台账) of a site: what it must keep ready, what is missing, what has run out.

export const LEDGER_KINDS = ['responsible', 'roster', 'pump', 'sandbag', 'power', 'shelter', 'drill', 'plan'] as const;
export type LedgerKind = (typeof LEDGER_KINDS)[number];

export interface LedgerItem {
	kind: LedgerKind;
	/** Last day it holds, `YYYY-MM-DD`; null: without end. */
	validUntil: string | null;
}

export type LedgerState = 'held' | 'expiring' | 'expired' | 'missing';

/** Kinds a site must hold. Pumps and sandbags are asked of sites with an open pit or works below ground only. */
export function requiredKinds(isBelowGround: boolean): readonly LedgerKind[] {
	return isBelowGround ? LEDGER_KINDS : LEDGER_KINDS.filter((kind) => kind !== 'pump' && kind !== 'sandbag');
}

/**
 * State of one kind: the best of its items. The last day still holds.
 *
 * @param today - day of the bureau
 * @param soon - day up to which an end is announced
 */
export function ledgerState(items: readonly LedgerItem[], kind: LedgerKind, today: string, soon: string): LedgerState {
	const own = items.filter((item) => item.kind === kind);
	if (own.length === 0) return 'missing';
	const holding = own.filter(({ validUntil }) => validUntil === null || validUntil >= today);
	if (holding.length === 0) return 'expired';
	return holding.some(({ validUntil }) => validUntil === null || validUntil > soon) ? 'held' : 'expiring';
}

/** Share of the required kinds that are missing or expired, 0 to 1. */
export function ledgerGap(items: readonly LedgerItem[], isBelowGround: boolean, today: string): number {
	const kinds = requiredKinds(isBelowGround);
	const gaps = kinds.filter((kind) => {
		const state = ledgerState(items, kind, today, today);
		return state === 'missing' || state === 'expired';
	});
	return gaps.length / kinds.length;
}
