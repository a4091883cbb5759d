// How long alarms linger, lie on the shelf, and may be taken back; when many become one incident.

import type { IncidentRules } from '../../src/lib/domain/alarm/incident.ts';
import type { LifeRules } from '../../src/lib/domain/alarm/life.ts';
import type { ParentRules } from '../../src/lib/domain/alarm/parent.ts';
import { assumed } from './provenance.ts';

export const lifeRules: LifeRules = {
	linger: assumed(600, 's', 'the off-delay of wind; an alarm that comes back sooner is the same one (ANSI/ISA-18.2)'),
	shelfDefault: assumed(1, 'h', 'ANSI/ISA-18.2 asks for a limit in time and names no figure'),
	shelfMost: assumed(8, 'h', 'one shift; what lasts longer is handed over and decided anew'),
	undoWithin: assumed(10, 'min', 'a slip of the hand is noticed within minutes'),
};

export const incidentRules: IncidentRules = {
	members: assumed(5, '', 'five machines at once are one cause, not five'),
	membersElse: assumed(10, '', 'a flood begins above ten alarms in ten minutes (EEMUA 191)'),
	membersAtSite: assumed(3, '', 'three points of one site are one movement'),
	parents: assumed(3, '', 'three sites at once are the grid, not the site'),
	window: assumed(10, 'min', 'the counting interval of EEMUA 191'),
};

export const parentRules: ParentRules = {
	silent: assumed(2, '', 'two devices that fall silent together have one cause'),
	networkSilent: assumed(20, '', 'when twenty devices of all sites are silent together, the line is dead'),
	network: {
		share: assumed(0.9, '', 'a few boxes have lines of their own; nine in ten silent at once have one cause'),
		together: assumed(10, 'min', 'the counting interval of EEMUA 191; what was silent before is another matter'),
		tolerance: assumed(15, 's', 'words already under way arrive within seconds'),
		quick: assumed(60, 's', 'machines and stations speak once a minute; pit points every 5 to 60 minutes'),
	},
};
