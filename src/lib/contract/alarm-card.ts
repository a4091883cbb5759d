// Everything a card shows of one alarm beyond its message.

import type { Rule } from '../domain/rule.ts';
import type { AlarmMessage } from './alarm.ts';

/** A text that is known in both languages of the page. */
export interface BothLanguages {
	zh: string;
	en: string;
}

export interface AlarmCard {
	alarm: AlarmMessage;
	/** Where its limits come from; null when the rule is not one of the shipped ones any more. */
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
	/** The judged quantity around the alarm; null values are gaps. */
	curve: { at: string; value: number | null }[];
	quantity: string | null;
	/** Pictures that came with what a camera saw, newest first: `GET /api/v1/stills/{id}`. */
	stills: { id: string; at: string; event: string; sha256: string }[];
	steps: { at: string; move: string; by: string | null; level: AlarmMessage['level'] | null; note: string | null }[];
	seen: { name: string; device: string; firstAt: string; lastAt: string }[];
	told: ToldLine[];
	/** People it can be given to. */
	people: { id: string; name: string; role: string }[];
}

export interface ToldLine {
	at: string;
	rung: number;
	role: string;
	name: string | null;
	channel: string;
	state: 'queued' | 'sent' | 'received' | 'failed' | 'skipped';
	isTest: boolean;
	error: string | null;
}
