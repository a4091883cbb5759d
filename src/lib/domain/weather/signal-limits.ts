// A weather warning signal lowers limits in the towns it is in force for, and its end restores them. Signals, response
// levels and measures are three different things; here only the first meets the limits of machines.

import type { Rule } from '../rule.ts';

export const SIGNAL_COLOURS = ['blue', 'yellow', 'orange', 'red'] as const;
export type SignalColour = (typeof SIGNAL_COLOURS)[number];

export interface Signal {
	/** `gale`, `typhoon`, `thunderGale`, `rainstorm`, … as in the glossary. */
	signal: string;
	colour: SignalColour;
}

export interface SignalRow extends Signal {
	ruleKey: string;
	/** Parameter of the rule → what it is lowered to. */
	limits: Readonly<Record<string, Rule>>;
}

/** Signals in force, by nine-digit town code. The code of the district, six digits, stands for all its towns. */
export type SignalsByTown = Readonly<Record<string, readonly Signal[]>>;

export function signalsOf(signals: SignalsByTown, townCode: string | null): readonly Signal[] {
	if (townCode === null) return [];
	return [...(signals[townCode.slice(0, 6)] ?? []), ...(signals[townCode] ?? [])];
}

/**
 * What signals in force make of the limits of one rule: per parameter the smallest value any of them asks for, with the
 * signal it comes from.
 */
export function loweredBy(
	ruleKey: string,
	signals: readonly Signal[],
	table: readonly SignalRow[],
): Map<string, { rule: Rule; signal: Signal }> {
	const found = new Map<string, { rule: Rule; signal: Signal }>();
	for (const signal of signals) {
		for (const row of table) {
			if (row.ruleKey !== ruleKey || row.signal !== signal.signal || row.colour !== signal.colour) continue;
			for (const [parameter, rule] of Object.entries(row.limits)) {
				const known = found.get(parameter);
				if (!known || rule.value < known.rule.value) found.set(parameter, { rule, signal });
			}
		}
	}
	return found;
}
