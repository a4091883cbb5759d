// Which numbers of a rule hold for one machine or point at one moment, and why: number by number the narrowest change
// wins, one that has run out falls back, weather signals lower what is left. A pure function, so that a page, the engine
// and a back-test cannot disagree.

import type { Rule } from '../rule.ts';
import { loweredBy, signalsOf, type Signal, type SignalRow, type SignalsByTown } from '../weather/signal-limits.ts';
import { withRules, type Parameter, type Values } from './parameter.ts';
import type { WatchRules } from './watch.ts';

/** From wide to narrow. `machine` is an installation, `point` a monitoring point. */
export const SCOPE_KINDS = ['bureau', 'site', 'machine', 'point'] as const;
export type ScopeKind = (typeof SCOPE_KINDS)[number];

/** A change of a rule that was switched on. */
export interface RuleChange {
	id: string;
	ruleKey: string;
	scope: { kind: ScopeKind; id: string | null };
	values: Values;
	fromMs: number;
	/** Null: until it is ended. The moment itself is not included. */
	untilMs: number | null;
	/** When it was switched on: of two of one scope that run and name the same number, the later one holds. */
	activatedMs: number;
	reason: string;
	by: string;
}

/** What a rule is applied to. */
export interface Subject {
	townCode: string | null;
	siteId: string | null;
	machineId: string | null;
	pointId: string | null;
}

/** Where a number in force comes from. */
export type Origin = { kind: 'shipped' } | { kind: 'change'; change: RuleChange } | { kind: 'signal'; signal: Signal };

export interface Effective {
	rules: WatchRules;
	isOn: boolean;
	/** The limit of the point in the place of the designer's or the table's; undefined: as there. */
	limit: number | undefined;
	/** Only parameters that are not as shipped. */
	origins: ReadonlyMap<Parameter, Exclude<Origin, { kind: 'shipped' }>>;
}

export interface InForce {
	changes: readonly RuleChange[];
	signals: SignalsByTown;
	signalTable: readonly SignalRow[];
}

export const AS_SHIPPED: InForce = { changes: [], signals: {}, signalTable: [] };

export function effective(rules: WatchRules, subject: Subject, inForce: InForce, atMs: number): Effective {
	const origins = new Map<Parameter, Exclude<Origin, { kind: 'shipped' }>>();
	const numbers = new Map<Parameter, Rule>();
	const running = inForce.changes
		.filter((change) => change.ruleKey === rules.by.key && isRunning(change, atMs) && isFor(change, subject))
		.sort((a, b) => widthOf(b) - widthOf(a) || a.activatedMs - b.activatedMs || (a.id < b.id ? -1 : 1));
	// From wide to narrow, and from old to new, so that what comes later overwrites.
	for (const change of running) {
		for (const [name, value] of Object.entries(change.values)) {
			const parameter = name as Parameter;
			origins.set(parameter, { kind: 'change', change });
			numbers.set(parameter, numberOf(rules, parameter, value, change.reason));
		}
	}
	const signals = signalsOf(inForce.signals, subject.townCode);
	if (signals.length > 0) {
		for (const [name, { rule, signal }] of loweredBy(rules.by.key, signals, inForce.signalTable)) {
			const parameter = name as Parameter;
			const now = numbers.get(parameter)?.value ?? shippedOf(rules, parameter)?.value ?? Infinity;
			if (rule.value >= now) continue;
			origins.set(parameter, { kind: 'signal', signal });
			numbers.set(parameter, rule);
		}
	}
	const limit = numbers.get('limit')?.value;
	const isOn = numbers.has('isOn') ? numbers.get('isOn')!.value === 1 : !rules.isOff;
	numbers.delete('limit');
	numbers.delete('isOn');
	return { rules: withRules(rules, numbers), isOn, limit, origins };
}

/** How a change that was switched on stands at a moment: it waits while later ones of its scope name all its numbers. */
export type Phase = 'running' | 'covered' | 'ahead' | 'over';

export function phaseOf(change: RuleChange, all: readonly RuleChange[], atMs: number): Phase {
	if (!isRunning(change, atMs)) return change.fromMs > atMs ? 'ahead' : 'over';
	return replacedIn(change, all, atMs).length === Object.keys(change.values).length ? 'covered' : 'running';
}

/** The numbers of a change in whose place those of later ones of its scope stand at a moment; none unless it runs. */
export function replacedIn(change: RuleChange, all: readonly RuleChange[], atMs: number): Parameter[] {
	if (!isRunning(change, atMs)) return [];
	const later = all.filter((other) => isRunning(other, atMs) && standsAbove(other, change));
	const names = Object.keys(change.values) as Parameter[];
	return names.filter((name) => later.some(({ values }) => name in values));
}

/** Whether changes, taken together, say something of every number another one says something of. */
export function namesAllOf(changes: readonly Pick<RuleChange, 'values'>[], { values }: Pick<RuleChange, 'values'>) {
	return Object.keys(values).every((name) => changes.some((other) => name in other.values));
}

/** Whether the numbers of one stand in the place of the same numbers of the other while both run. */
function standsAbove(one: RuleChange, other: RuleChange): boolean {
	return (
		one.ruleKey === other.ruleKey &&
		one.scope.kind === other.scope.kind &&
		one.scope.id === other.scope.id &&
		(one.activatedMs === other.activatedMs ? one.id > other.id : one.activatedMs > other.activatedMs)
	);
}

export function isRunning({ fromMs, untilMs }: Pick<RuleChange, 'fromMs' | 'untilMs'>, atMs: number): boolean {
	return fromMs <= atMs && (untilMs === null || atMs < untilMs);
}

/** The next moment at which a change begins or runs out; Infinity when there is none. */
export function nextBoundaryMs(changes: readonly RuleChange[], atMs: number): number {
	const moments = changes.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs ?? Infinity]);
	return Math.min(Infinity, ...moments.filter((moment) => moment > atMs));
}

/** Whether a change is for what is watched there, by its scope alone. */
export function isFor({ scope }: Pick<RuleChange, 'scope'>, subject: Subject): boolean {
	switch (scope.kind) {
		case 'bureau':
			return true;
		case 'site':
			return scope.id === subject.siteId;
		case 'machine':
			return scope.id === subject.machineId;
		case 'point':
			return scope.id === subject.pointId;
	}
}

/** A machine and a point are equally narrow: nothing is both. */
function widthOf({ scope }: RuleChange): number {
	return scope.kind === 'bureau' ? 2 : scope.kind === 'site' ? 1 : 0;
}

function numberOf(rules: WatchRules, parameter: Parameter, value: number, reason: string): Rule {
	return { value, unit: shippedOf(rules, parameter)?.unit ?? '', source: reason, confidence: 'local' };
}

function shippedOf({ by }: WatchRules, parameter: Parameter): Rule | undefined {
	if (parameter === 'deadband' || parameter === 'onDelay' || parameter === 'offDelay') return by[parameter];
	const [name, level] = parameter.split('.') as ['from' | 'until' | 'confirmations', string];
	return by.limits.find((limit) => limit.level === level)?.[name];
}
