// What a back-test's thread is told, and what it says back.

import type { BackTest } from '#lib/domain/alarm/back-test.ts';
import type { RuleChange } from '#lib/domain/alarm/effective.ts';
import type { LiveRegister } from '../repositories/live-register.ts';

export interface Plan {
	register: LiveRegister;
	inForce: readonly RuleChange[];
	draft: RuleChange;
	nowMs: number;
	fromMs: number;
	/** Milliseconds between stored readings, by device number: thinned ones lie further apart than they were sent. */
	stepMs: readonly (readonly [deviceNo: number, stepMs: number])[];
	/** Devices the rule is for. */
	deviceIds: readonly string[];
}

/** Stored readings of a stretch of time, in columns; values as the text they are stored as. */
export interface Portion {
	kind: 'readings';
	deviceNo: Int32Array;
	atMs: Float64Array;
	values: readonly string[];
}

export type ToThread = Portion | { kind: 'end'; untilMs: number; isCutShort: boolean };
export type FromThread = { kind: 'taken' } | { kind: 'done'; result: BackTest };
