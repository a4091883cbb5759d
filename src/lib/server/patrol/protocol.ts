// What a solver's thread and its caller say to each other.

import type { Sentence } from '#lib/domain/import/sentence.ts';
import type { Draft } from '#lib/domain/patrol/evaluate.ts';
import type { Plan } from '#lib/domain/patrol/problem.ts';
import type { TravelEstimate } from '#lib/domain/patrol/travel.ts';

export interface Order {
	/** As it came in: the thread checks it. */
	problem: unknown;
	seed: number;
	/** Tells threads of one order apart. */
	lane: number;
	seconds: number;
	start: readonly Draft[];
	estimate: TravelEstimate;
}

export type ToThread =
	| { kind: 'adopt'; cost: number; drafts: readonly Draft[] }
	| { kind: 'stop' }
	/** Its plan is the best of all threads: it says it, with a reason for everything left out. */
	| { kind: 'tell' };

export type FromThread =
	| { kind: 'faults'; faults: Sentence[] }
	/** Now and then, while it searches. `cost` falls; drafts come with it when it has fallen since the last time. */
	| { kind: 'progress'; done: number; iterations: number; cost: number; drafts: Draft[] | undefined }
	/** It searches no more. */
	| { kind: 'done'; cost: number; iterations: number }
	/** The answer to `tell`. */
	| { kind: 'plan'; plan: Plan };
