// What walls and programs are told of alarms and events: everything but the people in it.

import type { AlarmMessage } from '#lib/contract/alarm.ts';
import type { AlarmCard } from '#lib/contract/alarm-card.ts';
import type { EventMessage } from '#lib/contract/events.ts';

const NOBODY = { id: '', name: '' };
/** Members of messages that name a person, with what stands in their place. A reason is free text and may name one. */
const INSTEAD: Record<string, unknown> = {
	...{ acknowledgedBy: null, acknowledgedById: null, assignee: null, verifiedBy: null, closedBy: null },
	...{ personId: null, personName: null, by: null, reason: null },
};

/** The event itself where it names nobody. */
export function eventWithoutNames(event: EventMessage): EventMessage {
	return { ...event, data: plain(event.data) };
}

export function alarmWithoutNames(alarm: AlarmMessage): AlarmMessage {
	return plain(alarm as AlarmMessage & Record<string, unknown>);
}

export function cardWithoutNames(card: AlarmCard): AlarmCard {
	return {
		...card,
		alarm: alarmWithoutNames(card.alarm),
		steps: card.steps.map((step) => ({ ...step, by: null, note: null })),
		seen: [],
		told: card.told.map((line) => ({ ...line, name: null })),
		people: [],
	};
}

function plain<T extends Record<string, unknown>>(data: T): T {
	const shelf = data['shelf'] as AlarmMessage['shelf'] | undefined;
	const hidden = Object.keys(INSTEAD).filter((name) => name in data);
	if (hidden.length === 0 && !shelf) return data;
	return {
		...data,
		...Object.fromEntries(hidden.map((name) => [name, INSTEAD[name]])),
		...(shelf && { shelf: { ...shelf, by: NOBODY, second: shelf.second && NOBODY, reason: '' } }),
	};
}
