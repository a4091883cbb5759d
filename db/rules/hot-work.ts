// Welding machines (焊机): how long what one has said holds.

import type { HotWorkRules } from '../../src/lib/domain/device/hot-work.ts';
import { assumed } from './provenance.ts';

export const hotWorkRules: HotWorkRules = {
	unknownAfter: assumed(600, 's', 'boxes repeat themselves every minute or so while the arc burns; ten are missing'),
	goneAfter: assumed(4 * 3600, 's', 'half a shift: a pin nobody has confirmed for so long misleads more than it tells'),
	stray: assumed(1000, 'm', 'no site is that wide: a fix farther from it is a wrong one'),
};
