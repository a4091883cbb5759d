// What makes a wall sound and a list jump: an alarm that begins to ask for a person, or an incident that does so for its
// alarms. ISA-18.2 counts these, not alarms.

import type { AlarmMessage, EventMessage } from '#lib/contract/events.ts';

export function isAnnunciation({ type, data }: EventMessage): boolean {
	if (type === 'incident:opened') return true;
	if (type !== 'alarm:raised') return false;
	const { handling, suppressedBy, isOutOfService, incidentId, shelf } = data as unknown as AlarmMessage;
	const isQuiet = suppressedBy !== null || isOutOfService || shelf?.state === 'on';
	return handling === 'new' && !isQuiet && incidentId === null;
}
