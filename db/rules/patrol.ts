// How much of the machine a search for a plan may take.

import { assumed } from './provenance.ts';

export const solveRules = {
	/** Threads for one problem, when the machine has them. */
	threads: assumed(2, '', 'own choice: a bureau’s smallest machine has two processors'),
	/** Problems solved at the same time by one process. */
	atOnce: assumed(2, '', 'own choice: more would only slow each other down'),
	seconds: assumed(10, 's', 'own choice: beyond it plans of a day hardly get better'),
	mostSeconds: assumed(100, 's', 'below the time an HTTP request may take'),
};
