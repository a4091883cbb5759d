// Which numbers of a rule held for one machine or point in a stretch of the past, and where they changed: by changes of
// the bureau that began, ran out or were ended, and by weather signals that came and went.

import type { Signal } from '../weather/signal-limits.ts';
import { effective, type Effective, type InForce, type RuleChange, type Subject } from './effective.ts';
import type { WatchRules } from './watch.ts';

/** A signal while it held for the town; null: it still does. */
export interface SignalSpell extends Signal {
	fromMs: number;
	untilMs: number | null;
}

export interface RuleStep {
	fromMs: number;
	toMs: number;
	held: Effective;
}

export interface RulePast {
	/** Each while it ran: one that was ended early runs until then. */
	changes: readonly RuleChange[];
	spells: readonly SignalSpell[];
	signalTable: InForce['signalTable'];
}

/** From old to new, without a gap; a new step wherever a change or a signal begins or ends. */
export function ruleSteps(
	rules: WatchRules,
	subject: Subject,
	{ changes, spells, signalTable }: RulePast,
	{ fromMs, toMs }: { fromMs: number; toMs: number },
): RuleStep[] {
	const edges = [...changes, ...spells]
		.flatMap((one) => [one.fromMs, one.untilMs ?? Infinity])
		.filter((atMs) => atMs > fromMs && atMs < toMs);
	const starts = [...new Set([fromMs, ...edges])].sort((a, b) => a - b);
	return starts.map((startMs, i) => {
		const holding = spells.filter((one) => one.fromMs <= startMs && (one.untilMs === null || startMs < one.untilMs));
		const signals = subject.townCode === null ? {} : { [subject.townCode]: holding };
		const held = effective(rules, subject, { changes, signals, signalTable }, startMs);
		return { fromMs: startMs, toMs: starts[i + 1] ?? toMs, held };
	});
}
