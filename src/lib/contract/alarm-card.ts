// Everything a card shows of one alarm beyond its message.

import type { ScopeKind } from '../domain/alarm/effective.ts';
import type { Rule } from '../domain/rule.ts';
import type { AlarmMessage } from './alarm.ts';
import type { PitDangerNote } from './pit-section.ts';

/** A text that is known in both languages of the page. */
export interface BothLanguages {
	zh: string;
	en: string;
}

export interface AlarmCard {
	alarm: AlarmMessage;
	/** The rule as it holds now; null when nothing of it is judged there any more. */
	rule: {
		key: string;
		limits: {
			level: AlarmMessage['level'];
			value: number;
			unit: string;
			source: BothLanguages;
			confidence: Rule['confidence'];
		}[];
		deadband: { value: number; unit: string };
		onDelayS: number;
		offDelayS: number;
	} | null;
	/**
	 * Where the limit it was raised at came from; `isPast`: other numbers hold now. Null: not of a rule, or of numbers that
	 * nobody can find any more.
	 */
	limitSource: LimitSource | null;
	/** The judged quantity around the alarm; null values are gaps. */
	curve: { at: string; value: number | null }[];
	/** Limits along the curve, each while it held, from old to new; none where what is judged is not what is drawn. */
	curveLimits: CurveLimit[];
	/** Of that time only the limit it was judged at is known, and `curveLimits` is that alone. */
	isOnlyJudgedLimit: boolean;
	quantity: string | null;
	/** Signs of danger of GB 50497 8.0.9 that were reported at the pit and not over when it was raised; else none. */
	dangers: PitDangerNote[];
	/** Pictures that came with what a camera saw, newest first: `GET /api/v1/stills/{id}`. */
	stills: { id: string; at: string; event: string; sha256: string }[];
	steps: { at: string; move: string; by: string | null; level: AlarmMessage['level'] | null; note: string | null }[];
	seen: { name: string; device: string; firstAt: string; lastAt: string }[];
	told: ToldLine[];
	/** People it can be given to. */
	people: { id: string; name: string; role: string }[];
}

export interface CurveLimit {
	level: AlarmMessage['level'];
	/** In the unit of the alarm. */
	value: number;
	from: string;
	to: string;
}

export interface LimitSource {
	source: BothLanguages;
	confidence: Rule['confidence'];
	isPast: boolean;
	/** The change of the bureau that made it; null: nobody has changed it. */
	change: LimitChange | null;
	/** Of a point that is judged by the share it has used of what it may reach: that, and where it comes from. */
	ofPoint: { value: number; unit: string; source: BothLanguages; confidence: Rule['confidence'] } | null;
}

export interface LimitChange {
	ruleKey: string;
	scope: ScopeKind;
	draftedBy: string;
	activatedBy: string | null;
	activatedAt: string | null;
}

export interface ToldLine {
	/** Null: a drill, or an alarm that is not for whoever asks to see. */
	alarmId: string | null;
	at: string;
	rung: number;
	role: string;
	name: string | null;
	channel: string;
	state: 'queued' | 'sent' | 'received' | 'failed' | 'skipped';
	isTest: boolean;
	error: string | null;
}
