// Rules as the page shows and changes them: GET /api/v1/rules, changes and back-tests below it. Moments are ISO 8601.

import * as v from 'valibot';
import type { BothLanguages } from './alarm-card.ts';
import type { BackTest } from '../domain/alarm/back-test.ts';
import { SCOPE_KINDS, type Phase, type ScopeKind } from '../domain/alarm/effective.ts';
import type { Parameter, Values } from '../domain/alarm/parameter.ts';
import type { Rule } from '../domain/rule.ts';

/** Subjects of rules, in the order of the page. */
export const RULE_SUBJECTS = [
	...(['towerCrane', 'hoist', 'gondola', 'unloadingPlatform'] as const),
	...(['monitorPoint', 'pit', 'site', 'camera', 'tracker'] as const),
] as const;
export type RuleSubject = (typeof RULE_SUBJECTS)[number];

const Moment = v.pipe(v.string(), v.isoTimestamp('an ISO 8601 moment with zone'));

export const RuleScope = v.pipe(
	v.object({ kind: v.picklist(SCOPE_KINDS), id: v.nullable(v.pipe(v.string(), v.uuid())) }),
	v.check(({ kind, id }) => (kind === 'bureau') === (id === null), 'a bureau has no id, everything else has one'),
);
export const RuleWish = v.object({
	ruleKey: v.pipe(v.string(), v.maxLength(64)),
	scope: RuleScope,
	values: v.record(v.pipe(v.string(), v.maxLength(32)), v.pipe(v.number(), v.finite())),
	/** Null: from when it is switched on. */
	from: v.nullable(Moment),
	until: v.nullable(Moment),
	reason: v.pipe(v.string(), v.trim(), v.minLength(2, '请写明原因 · say why'), v.maxLength(500)),
});
export type RuleWish = v.InferOutput<typeof RuleWish>;

export const RuleQuestion = v.object({ ruleKey: v.pipe(v.string(), v.maxLength(64)), scope: RuleScope });
export type RuleQuestion = v.InferOutput<typeof RuleQuestion>;
export const EndWish = v.object({
	reason: v.pipe(v.string(), v.trim(), v.minLength(2, '请写明原因 · say why'), v.maxLength(500)),
	/** Puts the change it had replaced back in force. */
	restore: v.optional(v.boolean(), false),
});

/** What holds now; null: another for every point. */
export type ValuesNow = Partial<Record<Parameter, number | null>>;

/** Whom a change would reach, and what holds there before it. */
export interface RuleReach {
	devices: RuleDevice[];
	/** Also those the reader may not see. */
	total: number;
	now: ValuesNow;
	/** What the one point may reach, in its own unit; null: not one point. */
	limit: { value: number; unit: string } | null;
}

/** A device a rule is for, with what decides on it now. */
export interface RuleDevice {
	id: string;
	objectNo: number;
	name: string;
	siteName: string;
	townCode: string | null;
	at: [number, number];
}

export interface BackTestNote {
	id: string;
	state: 'running' | 'done' | 'failed' | 'cancelled';
	/** 0 to 1 while it runs. */
	progress: number | null;
	startedAt: string;
	startedBy: string;
	endedAt: string | null;
	result: (BackTest & { names: Record<string, string> }) | null;
	fault: string | null;
	/** Whether it still permits to switch the change on. */
	holds: boolean;
}

export interface RuleChangeNote {
	id: string;
	ruleKey: string;
	scope: { kind: ScopeKind; id: string | null };
	/** What the scope is called; null for the bureau, or when it is not in the register any more. */
	scopeName: string | null;
	values: Values;
	from: string;
	until: string | null;
	reason: string;
	state: 'draft' | 'active' | 'ended' | 'discarded';
	/** Of an active one. */
	phase: Phase | null;
	/** Numbers of an active one in whose place later ones stand now; the others hold. */
	replaced: Parameter[];
	createdAt: string;
	createdBy: string;
	activatedAt: string | null;
	activatedBy: string | null;
	endedAt: string | null;
	endedBy: string | null;
	/** What a person said. */
	endReason: string | null;
	/** Where the program ended it: with the draft, or for a newer change. */
	endCause: 'discarded' | 'replaced' | null;
	replaces: string | null;
	backTest: BackTestNote | null;
}

export interface RuleParameter {
	parameter: Parameter;
	shipped: Rule | null;
	/** Where the shipped value comes from. */
	source: BothLanguages | null;
	min: number;
	max: number;
	/** What holds for the whole bureau today: the shipped value, or the bureau's change of it. */
	now: number | null;
}

export interface RuleCard {
	key: string;
	subject: RuleSubject;
	condition: string;
	quantity: string;
	measure: string;
	side: 'above' | 'below';
	isLatched: boolean;
	/** For the bureau as a whole. */
	isOn: boolean;
	hours: { from: number; until: number } | null;
	parameters: RuleParameter[];
	devices: number;
	/** Alarms of this rule that are open. */
	open: number;
	/** Newest first: in force, drafts, history. */
	changes: RuleChangeNote[];
}

export interface RuleList {
	rules: RuleCard[];
	may: { draft: boolean; activate: boolean };
	signals: { townCode: string; signal: string; colour: string }[];
}
