// Back-tests of rules: how far they look back, how long they may take, how long their answer is believed.

import { assumed } from './provenance.ts';

export const backtestRules = {
	/** Days of stored readings a rule is tried on. */
	lookBack: assumed(30, 'd', 'a month holds every day of the week four times and most kinds of weather'),
	/** After it the test ends with what it has, and says how far it came. */
	deadline: assumed(300, 's', 'longer than this nobody waits in front of the page'),
	/** Hours of readings that are read at once. */
	step: assumed(6, 'h', 'keeps a question of the largest advised district below its deadline'),
	/** A rule may be switched on on the strength of a test that is no older. */
	holdsFor: assumed(72, 'h', 'over a weekend; then newer readings count'),
	/** Tests at the same time. */
	atOnce: assumed(1, '', 'each takes a core'),
};
