// Numbers of the rules that the duty desk's page needs.

import { ladderRules } from '#db/rules/escalation.ts';

/** Seconds after which a page sounds again for danger that nobody took. */
export const repeatSoundS = ladderRules.repeatSound.value * 60;
