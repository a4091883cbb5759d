// A device as the program holds it in memory: what it is bound to, what it said last, what is watched of it.

import type { Speaker } from '#lib/domain/alarm/speaker.ts';
import type { ConditionState } from '#lib/domain/alarm/condition.ts';
import type { Habit } from '#lib/domain/device/habit.ts';
import type { Presence } from '#lib/domain/known.ts';
import type { Level } from '#lib/domain/level.ts';
import type { RegisterDevice } from '../repositories/live-register.ts';
import type { ObjectKind } from '#lib/domain/picture/columns.ts';

/** An object on the map. Pits and sites hold others; a site's own devices (dust) are bound to the site itself. */
export interface LiveObject {
	no: number;
	kind: ObjectKind;
	id: string;
	/** As people call it: `1# 塔吊`, `CX-03`. */
	name: string;
	siteId: string;
	siteName: string;
	townCode: string | null;
	/** 15 digits of the grid its site lies in; null for none. */
	gridCode: string | null;
	at: [number, number];
	/** The site is stopped, suspended or finished: silence is planned. */
	isPlanned: boolean;
	/** The pit of a point, the site of anything else. */
	holder: LiveObject | null;
	holds: LiveObject[];
	devices: LiveDevice[];
	/** The gravest of what is watched on it; null while nothing is. */
	watched: Level | null;
	/** Where it stands in the picture. */
	place: number;
}

export interface LiveDevice extends Speaker {
	id: string;
	kind: RegisterDevice['kind'];
	/** Its number in the readings. */
	no: number;
	/** Seconds between two of its reports: learned, else as registered. */
	intervalS: number;
	/** Seconds as registered; bounds what may be learned. */
	registeredS: number;
	/** What it measured before this (ms) belongs to what it was bound to then, and is not judged here. */
	boundFromMs: number;
	/** The gateway it speaks through; null: its own line. */
	gateway: string | null;
	object: LiveObject | null;
	/** Its calm proves nothing about its object: only its alarms count. A station, a gondola, a camera, the danger button of a pit. */
	isAside: boolean;
	informs: readonly LiveDevice[];
	/** Silence as a condition, counted in expected intervals. */
	offline: ConditionState;
	presence: Presence;
	/** Null while nothing of it is judged. */
	level: Level | null;
	/** Moment of the newest reading, ms; never ahead of the server's clock. NaN before the first. */
	seenMs: number;
	/** Readings with a stamp (µs) ahead of the clock that were heard, by stamp and number: sent again they are no new word. */
	ahead: Map<string, number> | null;
	/** How long the newest reading was on its way: ms between measuring and arriving. */
	lagMs: number;
	/** Newest (moment in µs, seq) that was taken in, to tell what is certainly no repetition. */
	takenUs: number;
	takenSeq: number;
	/** Its usual interval, its clock, and values that do not move any more. */
	habit: Habit;
}

/**
 * Whether its silence says something: of what reports by itself. A welding machine speaks while it welds, and in the name
 * of a pit people report.
 */
export function reportsByItself({
	kind,
	object,
}: Pick<LiveDevice, 'kind'> & { object: Pick<LiveObject, 'kind'> | null }) {
	return object !== null && object.kind !== 'pit' && kind !== 'hotWork';
}
