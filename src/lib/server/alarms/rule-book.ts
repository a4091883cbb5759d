// The rules in force at one moment, as the engine and the back-test ask for them. Equal questions get the very same
// answer, so that a device that is asked about again is seen to be watched as before.

import { signalLimits } from '#db/rules/weather.ts';
import {
	AS_SHIPPED,
	effective,
	nextBoundaryMs,
	type Effective,
	type InForce,
	type Subject,
} from '#lib/domain/alarm/effective.ts';
import type { WatchRules } from '#lib/domain/alarm/watch.ts';

export class RuleBook {
	readonly #inForce: InForce;
	readonly #atMs: number;
	readonly #known = new Map<WatchRules, Map<string, Effective>>();

	/** @param atMs - the moment that decides which changes run */
	constructor(inForce: Pick<InForce, 'changes' | 'signals'> = AS_SHIPPED, atMs = 0) {
		this.#inForce = { ...inForce, signalTable: signalLimits };
		this.#atMs = atMs;
	}

	of(rules: WatchRules, subject: Subject): Effective {
		const answers = this.#known.get(rules) ?? new Map<string, Effective>();
		this.#known.set(rules, answers);
		const { origins, ...answer } = effective(rules, subject, this.#inForce, this.#atMs);
		const key = JSON.stringify([
			answer.isOn,
			answer.limit ?? null,
			[...origins].map(([name, origin]) => [name, origin.kind === 'change' ? origin.change.id : origin.signal]),
		]);
		const known = answers.get(key) ?? { ...answer, origins };
		answers.set(key, known);
		return known;
	}

	/** The next moment at which another rule begins or ends. */
	get nextMs(): number {
		return nextBoundaryMs(this.#inForce.changes, this.#atMs);
	}
}
