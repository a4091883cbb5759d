// One room per scope: whoever may see the same gets the same bytes, encoded once. Walls have rooms of their own, where
// nobody is named.

import { reaches, type Scope } from '#lib/domain/access/scope.ts';
import { encodeDelta } from '#lib/domain/picture/delta.ts';
import { encodePicture } from '#lib/domain/picture/encode.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { eventWithoutNames } from '../alarms/without-names.ts';
import type { LiveState } from '../live/live-state.ts';
import type { Places, Reached } from '../live/places.ts';

export interface Room {
	name: string;
	scope: Scope;
	/** Whether colleagues are named here. */
	isToldNames: boolean;
	/** Last number of the log that this scope may see, or that was skipped for it. */
	cursor: number;
}

/** What a room is told of events: those of its scope, without names where it is told none. */
export function toldIn({ scope, isToldNames }: Room, events: readonly EventMessage[], places: Places): EventMessage[] {
	const own = events.filter((event) => maySee(scope, event, places));
	return isToldNames ? own : own.map(eventWithoutNames);
}

function maySee(scope: Scope, { subject }: EventMessage, places: Pick<Places, 'gridOf' | 'letsEvent'>): boolean {
	const isReached = reaches(scope, subject.townCode ?? null, subject.siteId, places.gridOf(subject.siteId));
	return isReached && places.letsEvent(scope, subject.siteId);
}

/** The whole picture of a scope as bytes. */
export function pictureBytes(state: LiveState, { all }: Reached, nowMs: number, cursor: number): Uint8Array {
	return encodePicture(state.cut(all, nowMs, cursor));
}

/** Changed places of a scope as bytes; undefined when none of them is its own. */
export function deltaBytes(
	state: LiveState,
	places: Places,
	scope: Scope,
	changed: readonly number[],
	nowMs: number,
	cursor: number,
): Uint8Array | undefined {
	const { has } = places.of(scope);
	const own = changed.filter((place) => has[place]);
	if (own.length === 0) return undefined;
	const { objects } = state;
	own.sort((a, b) => objects[a]!.no - objects[b]!.no);
	const columns = state.cut(own, nowMs, cursor);
	return encodeDelta({ ...columns, kind: new Uint8Array(0), positions: new Float64Array(0) });
}
