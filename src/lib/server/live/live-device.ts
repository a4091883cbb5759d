// A device as the program holds it in memory: what it is bound to, what it said last, what is watched of it.

import { alarmRules } from '#db/rules/alarm.ts';
import { deviceRules } from '#db/rules/device.ts';
import { quiet } from '#lib/domain/alarm/condition.ts';
import type { Speaker } from '#lib/domain/alarm/speaker.ts';
import type { Watch } from '#lib/domain/alarm/watch.ts';
import { Flats } from '#lib/domain/device/flats.ts';
import { Habit } from '#lib/domain/device/habit.ts';
import { QualityCheck } from '#lib/domain/device/quality.ts';
import type { Presence } from '#lib/domain/known.ts';
import type { Level } from '#lib/domain/level.ts';
import { stretch } from '#lib/domain/number-page.ts';
import type { RegisterDevice } from '../repositories/live-register.ts';
import type { ObjectKind } from '#lib/domain/picture/columns.ts';

/** One for all: what a device remembers of values that stand still is laid out as it asks for it. */
export const qualityCheck = new QualityCheck(deviceRules.quality);

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

/** Numbers of a device on its page. */
const [SEEN, LATEST, BOUND_FROM, LAG, INTERVAL, TAKEN, TAKEN_SEQ, WIDTH] = [0, 1, 2, 3, 4, 5, 6, 7] as const;

/** What every reading looks at lies on pages of numbers, its own and those of its watches and its habit. */
export class LiveDevice implements Speaker {
	readonly #numbers: Float64Array;
	readonly #first: number;
	watches: Watch[] = [];
	object: LiveObject | null = null;
	informs: readonly LiveDevice[] = [];
	presence: Presence = 'never-reported';
	/** Null while nothing of it is judged. */
	level: Level | null = null;
	/** What it said last. */
	latest: Speaker['latest'] = {};
	/** Readings with a stamp (µs) ahead of the clock that were heard, by stamp and number: sent again they are no new word. */
	ahead: Map<string, number> | null = null;
	/** Silence as a condition, counted in expected intervals. */
	offline = quiet(alarmRules.offline);
	readonly kind: RegisterDevice['kind'];
	/** Its number in the readings. */
	readonly no: number;
	/** Its usual interval, its clock, and values that do not move any more. */
	readonly habit: Habit;
	readonly id: string;
	/** Seconds as registered; bounds what may be learned. */
	registeredS: number;
	/** The gateway it speaks through; null: its own line. */
	gateway: string | null = null;
	/** Its calm proves nothing about its object: only its alarms count. A station, a gondola, a camera, the danger button of a pit. */
	isAside = false;

	/** Not bound to anything yet; how often it speaks is learned anew, since when a value stands still is not. */
	constructor({
		id,
		kind,
		no,
		registeredS,
		flats,
	}: Pick<RegisterDevice, 'id' | 'kind' | 'no' | 'registeredS' | 'flats'>) {
		({ numbers: this.#numbers, first: this.#first } = stretch(WIDTH));
		this.seenMs = NaN;
		this.latestMs = NaN;
		this.boundFromMs = -Infinity;
		this.intervalS = registeredS;
		this.takenUs = -Infinity;
		this.takenSeq = -1;
		this.habit = new Habit(new Flats(qualityCheck.neverFlat, flats ?? {}));
		this.id = id;
		this.kind = kind;
		this.no = no;
		this.registeredS = registeredS;
	}

	/** Moment of the newest reading, ms; never ahead of the server's clock. NaN before the first. */
	get seenMs(): number {
		return this.#numbers[this.#first + SEEN]!;
	}
	set seenMs(atMs: number) {
		this.#numbers[this.#first + SEEN] = atMs;
	}

	/** When what it said last was measured, ms; NaN before the first. */
	get latestMs(): number {
		return this.#numbers[this.#first + LATEST]!;
	}
	set latestMs(atMs: number) {
		this.#numbers[this.#first + LATEST] = atMs;
	}

	/** What it measured before this (ms) belongs to what it was bound to then, and is not judged here. */
	get boundFromMs(): number {
		return this.#numbers[this.#first + BOUND_FROM]!;
	}
	set boundFromMs(atMs: number) {
		this.#numbers[this.#first + BOUND_FROM] = atMs;
	}

	/** How long the newest reading was on its way: ms between measuring and arriving. */
	get lagMs(): number {
		return this.#numbers[this.#first + LAG]!;
	}
	set lagMs(lagMs: number) {
		this.#numbers[this.#first + LAG] = lagMs;
	}

	/** Seconds between two of its reports: learned, else as registered. */
	get intervalS(): number {
		return this.#numbers[this.#first + INTERVAL]!;
	}
	set intervalS(intervalS: number) {
		this.#numbers[this.#first + INTERVAL] = intervalS;
	}

	/** Newest (moment in µs, seq) that was taken in, to tell what is certainly no repetition. */
	get takenUs(): number {
		return this.#numbers[this.#first + TAKEN]!;
	}
	set takenUs(atUs: number) {
		this.#numbers[this.#first + TAKEN] = atUs;
	}

	get takenSeq(): number {
		return this.#numbers[this.#first + TAKEN_SEQ]!;
	}
	set takenSeq(seq: number) {
		this.#numbers[this.#first + TAKEN_SEQ] = seq;
	}
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
