// Everything that is said over the socket and who may say or hear it, as a bureau would write it down. The types ask for
// a row per event of the contract; the socket matrix asks for one per event the hub listens to.

import type { ClientToServer, EventType, MoveRequest, ServerToClient } from '#lib/contract/events.ts';
import { SEES } from './door-matrix.ts';

/** Who may open a socket at all. `grid` is a duty officer with a grant for one grid. */
export const OPENS = `${SEES} grid wall`;
const READERS = `${SEES} grid`;
const OFFICERS = 'dutyOfficer supervisor grid';

/** Who is sent what, always of the own area only. */
export const FROM_SERVER: Record<keyof ServerToClient, string> = {
	picture: OPENS,
	state: OPENS,
	events: OPENS,
	pulse: OPENS,
	'session:ended': OPENS,
};

/** Who may ask for what, always about the own area only. */
export const FROM_CLIENT: Record<keyof ClientToServer, string> = {
	'picture:ask': OPENS,
	'events:replay': OPENS,
	'alarm:acknowledge': OFFICERS,
	'alarm:move': `${OFFICERS} leader`,
	'alarm:seen': READERS,
};

/** Who may make which move of `alarm:move`. */
export const MOVES: Record<MoveRequest['move'], string> = {
	acknowledge: OFFICERS,
	assign: OFFICERS,
	verify: OFFICERS,
	close: OFFICERS,
	shelve: `${OFFICERS} leader`,
	confirmShelf: `${OFFICERS} leader`,
	unshelve: `${OFFICERS} leader`,
	comment: `${OFFICERS} leader`,
	undo: OFFICERS,
};

/** Every type of the event log: whether what it tells names people, whom a wall does not get to know. */
export const EVENTS: Record<EventType, 'names people' | 'plain'> = {
	'object:level': 'plain',
	'alarm:raised': 'names people',
	'alarm:changed': 'names people',
	'alarm:cleared': 'names people',
	'alarm:escalated': 'names people',
	'incident:opened': 'plain',
	'device:service': 'names people',
	'hotwork:changed': 'plain',
	'duty:changed': 'plain',
	'handover:signed': 'names people',
	'handover:refused': 'names people',
	'register:changed': 'plain',
	'rule:changed': 'plain',
	'pit:danger': 'plain',
	'import:committed': 'plain',
	'import:undone': 'plain',
	'coverage:changed': 'plain',
	'patrol:changed': 'plain',
	'visit:made': 'plain',
	'hazard:found': 'plain',
	'grid:changed': 'plain',
	'flood:signal': 'plain',
	'flood:response': 'plain',
	'flood:notice': 'plain',
	'flood:receipt': 'plain',
	'flood:movement': 'plain',
	'flood:water': 'plain',
	'flood:exposure': 'plain',
	'flood:ladder': 'plain',
	'flood:ledger': 'plain',
};
