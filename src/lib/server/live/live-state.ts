// What is true now, in memory: one place per object on the map, in the order of the curve, as columns ready to be
// encoded. Written by the alarm engine, read by the sockets and by /api/v1/picture.

import { levelCode, levelOfCode, type Level } from '#lib/domain/level.ts';
import { NO_VALUE, OBJECT_KINDS, type PictureColumns } from '#lib/domain/picture/columns.ts';
import type { Presence } from '#lib/domain/known.ts';
import { reportsByItself, type LiveDevice, type LiveObject } from './live-device.ts';

const UNKNOWN = levelCode('unknown');

export class LiveState {
	/** By id. The map stays the same when the register is read again. */
	readonly devices = new Map<string, LiveDevice>();
	objects: readonly LiveObject[] = [];
	byNo: ReadonlyMap<number, LiveObject> = new Map();
	/** Grows each time the register was read: places are others then. */
	version = 0;

	#no = new Uint32Array(0);
	#kind = new Uint8Array(0);
	#at = new Float64Array(0);
	#level = new Uint8Array(0);
	#slew = new Uint16Array(0);
	#load = new Uint16Array(0);
	#wind = new Uint16Array(0);
	#seenMs = new Float64Array(0);
	#changed: number[] = [];
	/** Per place: whether it stands in the list of changed ones. */
	#isChanged = new Uint8Array(0);

	/** The device of an alarm, while it still hangs on what the alarm is about: it may have been moved since. */
	deviceOf({ deviceId, objectNo }: { deviceId: string; objectNo: number | null }): LiveDevice | undefined {
		const device = this.devices.get(deviceId);
		return device && (device.object?.no ?? null) === objectNo ? device : undefined;
	}

	/** Devices bound to something that should speak all the time, by presence. */
	presences(): Record<Presence, number> {
		const counts: Record<Presence, number> = { fresh: 0, late: 0, offline: 0, 'never-reported': 0 };
		for (const device of this.devices.values()) if (reportsByItself(device)) counts[device.presence]++;
		return counts;
	}

	/** Takes a new register over; what is known of objects that stay is kept. @param objects - in the order of the curve */
	replace(objects: readonly LiveObject[]): void {
		const old = { level: this.#level, slew: this.#slew, load: this.#load, wind: this.#wind, seen: this.#seenMs };
		const before = this.byNo;
		const count = objects.length;
		this.#no = Uint32Array.from(objects, ({ no }) => no);
		this.#kind = Uint8Array.from(objects, ({ kind }) => KIND_CODE[kind]);
		this.#at = new Float64Array(2 * count);
		this.#level = new Uint8Array(count).fill(UNKNOWN);
		this.#slew = new Uint16Array(count).fill(NO_VALUE);
		this.#load = new Uint16Array(count).fill(NO_VALUE);
		this.#wind = new Uint16Array(count).fill(NO_VALUE);
		this.#seenMs = new Float64Array(count).fill(NaN);
		objects.forEach((object, place) => {
			const was = before.get(object.no)?.place;
			object.place = place;
			this.#at.set(object.at, 2 * place);
			if (was === undefined) return;
			this.#level[place] = old.level[was]!;
			this.#slew[place] = old.slew[was]!;
			this.#load[place] = old.load[was]!;
			this.#wind[place] = old.wind[was]!;
			this.#seenMs[place] = old.seen[was]!;
		});
		this.objects = objects;
		this.byNo = new Map(objects.map((object) => [object.no, object]));
		this.#changed = [];
		this.#isChanged = new Uint8Array(count);
		this.version++;
	}

	levelOf(object: LiveObject): Level {
		return levelOfCode(this.#level[object.place]!);
	}

	/** @returns whether it is another level than before */
	setLevel(object: LiveObject, level: Level): boolean {
		const code = levelCode(level);
		if (this.#level[object.place] === code) return false;
		this.#level[object.place] = code;
		this.#mark(object.place);
		return true;
	}

	/** Notes a reading of an object; NaN leaves a value as it is, in degrees, percent and m/s. */
	setValues(object: LiveObject, seenMs: number, slewDeg: number, loadPercent: number, windMs: number): void {
		const { place } = object;
		if (!Number.isNaN(slewDeg)) this.#slew[place] = Math.round((((slewDeg % 360) + 360) % 360) * 10) % 3600;
		if (!Number.isNaN(loadPercent)) this.#load[place] = tenths(loadPercent);
		if (!Number.isNaN(windMs)) this.#wind[place] = tenths(windMs);
		this.#seenMs[place] = seenMs;
		this.#mark(place);
	}

	/** The newest word from what stands on a site or in a pit; seconds are exact enough. */
	setHeard(object: LiveObject, seenMs: number): void {
		if (this.#seenMs[object.place]! + 1000 > seenMs) return;
		this.#seenMs[object.place] = seenMs;
		this.#mark(object.place);
	}

	/** Places that changed since the last call, in no order. */
	takeChanged(): readonly number[] {
		const places = this.#changed;
		for (const place of places) this.#isChanged[place] = 0;
		this.#changed = [];
		return places;
	}

	#mark(place: number): void {
		if (this.#isChanged[place]) return;
		this.#isChanged[place] = 1;
		this.#changed.push(place);
	}

	/** The picture of some places; they come in the order given. */
	cut(places: ArrayLike<number>, nowMs: number, cursor: number): PictureColumns {
		const count = places.length;
		const picture: PictureColumns = {
			count,
			cursor,
			takenAt: nowMs,
			no: new Uint32Array(count),
			kind: new Uint8Array(count),
			level: new Uint8Array(count),
			positions: new Float64Array(2 * count),
			slew: new Uint16Array(count),
			load: new Uint16Array(count),
			wind: new Uint16Array(count),
			age: new Uint16Array(count),
		};
		for (let i = 0; i < count; i++) {
			const place = places[i]!;
			picture.no[i] = this.#no[place]!;
			picture.kind[i] = this.#kind[place]!;
			picture.level[i] = this.#level[place]!;
			picture.positions[2 * i] = this.#at[2 * place]!;
			picture.positions[2 * i + 1] = this.#at[2 * place + 1]!;
			picture.slew[i] = this.#slew[place]!;
			picture.load[i] = this.#load[place]!;
			picture.wind[i] = this.#wind[place]!;
			picture.age[i] = ageS(this.#seenMs[place]!, nowMs);
		}
		return picture;
	}
}

const KIND_CODE = Object.fromEntries(OBJECT_KINDS.map((kind, code) => [kind, code])) as Record<
	LiveObject['kind'],
	number
>;

function tenths(value: number): number {
	return Math.min(Math.max(Math.round(value * 10), 0), NO_VALUE - 1);
}

function ageS(seenMs: number, nowMs: number): number {
	if (Number.isNaN(seenMs)) return NO_VALUE;
	return Math.min(Math.max(Math.round((nowMs - seenMs) / 1000), 0), NO_VALUE - 1);
}
