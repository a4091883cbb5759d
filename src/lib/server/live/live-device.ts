// A device as the program holds it in memory: what it is bound to, what it said last, what is watched of it.

import type { Watch } from '#lib/domain/alarm/watch.ts';
import type { ConditionState } from '#lib/domain/alarm/condition.ts';
import type { Presence } from '#lib/domain/known.ts';
import type { Level } from '#lib/domain/level.ts';
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

export interface LiveDevice {
	id: string;
	/** Its number in the readings. */
	no: number;
	intervalS: number;
	object: LiveObject | null;
	/** What of it is judged. Empty for a camera, which only has to be there, and where the designer gave no value. */
	watches: Watch[];
	/** Silence as a condition, counted in expected intervals. */
	offline: ConditionState;
	presence: Presence;
	/** Null while nothing of it is judged. */
	level: Level | null;
	/** Moment of the newest reading, ms; never ahead of the server's clock. NaN before the first. */
	seenMs: number;
	/** How long the newest reading was on its way: ms between measuring and arriving. */
	lagMs: number;
	/** Newest (moment in µs, seq) that was taken in, to tell what is certainly no repetition. */
	takenUs: number;
	takenSeq: number;
}
