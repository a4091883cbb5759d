// How much of the machine a search for a plan may take.

import type { Rule } from '../../src/lib/domain/rule.ts';

const house = (value: number, unit: string, source: string): Rule => ({ value, unit, source, confidence: 'assumed' });

export const solveRules = {
	/** Threads for one problem, when the machine has them. */
	threads: house(2, '', 'own choice: a bureau’s smallest machine has two processors'),
	/** Problems solved at the same time by one process. */
	atOnce: house(2, '', 'own choice: more would only slow each other down'),
	seconds: house(10, 's', 'own choice: beyond it plans of a day hardly get better'),
	mostSeconds: house(100, 's', 'below the time an HTTP request may take'),
};
