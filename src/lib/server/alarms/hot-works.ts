// Which welding machines work now. Told as an event when one begins, falls silent, moves or ends; what holds at a
// moment is asked for with `list`.

import { hotWorkRules } from '#db/rules/hot-work.ts';
import type { HotWorkPin } from '#lib/contract/hot-work.ts';
import { heardHotWork, hotWorkState, type HotWork, type HotWorkState } from '#lib/domain/device/hot-work.ts';
import { distanceM } from '#lib/domain/geo.ts';
import type { NewEvent } from '../events/log.ts';
import type { LiveDevice, LiveObject } from '../live/live-device.ts';

interface Entry {
	device: LiveDevice;
	work: HotWork;
	/** What it was told as. */
	told: HotWorkState;
}

/** Metres a machine is carried before its pin moves. */
const MOVED_M = 15;

export class HotWorks {
	readonly #entries = new Map<string, Entry>();

	/** Takes a reading of a welding machine in. @returns what is to be told of it */
	hear(
		device: LiveDevice,
		atMs: number,
		values: Readonly<Record<string, unknown>>,
		nowMs: number,
	): NewEvent | undefined {
		const entry = this.#entries.get(device.id);
		const { object } = device;
		if (device.kind !== 'hotWork' || !object) return undefined;
		const before = entry?.work ?? null;
		const work = heardHotWork(before, hotWorkRules, atMs, values, object.at);
		if (work === before) return undefined;
		if (!work) {
			this.#entries.delete(device.id);
			return eventOf(device, object, before!, 'gone', nowMs);
		}
		const state = hotWorkState(work, nowMs, hotWorkRules);
		this.#entries.set(device.id, { device, work, told: state });
		const isMoved = before?.at && work.at ? distanceM(before.at, work.at) >= MOVED_M : before?.at !== work.at;
		if (entry?.told === state && !isMoved && before?.sinceMs === work.sinceMs) return undefined;
		return eventOf(device, object, work, state, nowMs);
	}

	/** Lets time pass. @returns what is to be told of those that fell silent, were taken down or bound elsewhere */
	sweep(nowMs: number): NewEvent[] {
		const events: NewEvent[] = [];
		for (const [id, entry] of this.#entries) {
			const { device, work, told } = entry;
			const { object } = device;
			const state = object ? hotWorkState(work, nowMs, hotWorkRules) : 'gone';
			if (state === told) continue;
			entry.told = state;
			if (state === 'gone') this.#entries.delete(id);
			if (object) events.push(eventOf(device, object, work, state, nowMs));
		}
		return events;
	}

	/** Those on objects that are shown to whoever asks. */
	list(shows: (object: LiveObject) => boolean, nowMs: number): HotWorkPin[] {
		return [...this.#entries.values()].flatMap(({ device, work }) => {
			const { object } = device;
			const state = hotWorkState(work, nowMs, hotWorkRules);
			return object && state !== 'gone' && shows(object) ? [pinOf(device, object, work, state)] : [];
		});
	}
}

function pinOf(device: LiveDevice, object: LiveObject, work: HotWork, state: HotWorkState): HotWorkPin {
	return {
		...{ deviceId: device.id, siteId: object.siteId, siteName: object.siteName },
		...{ at: work.at ?? object.at, isPlaced: work.at !== null, state },
		...{ since: new Date(work.sinceMs).toISOString(), saidAt: new Date(work.saidMs).toISOString() },
	};
}

function eventOf(device: LiveDevice, object: LiveObject, work: HotWork, state: HotWorkState, nowMs: number): NewEvent {
	const { siteId, townCode } = object;
	return {
		at: new Date(nowMs),
		type: 'hotwork:changed',
		subject: { kind: 'device', id: device.id, siteId, ...(townCode === null ? {} : { townCode }) },
		data: { ...pinOf(device, object, work, state) },
	};
}
