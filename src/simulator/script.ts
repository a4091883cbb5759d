// What happens in each hour of the demonstration, besides ordinary work: to whom and when. Drawn from the seed, counted
// from the start of the simulation.

import { distanceM, moved, type LngLat } from '#lib/domain/geo.ts';
import { seeded } from '#lib/domain/random.ts';
import type { Sighting } from './camera.ts';
import type { Front } from './wind.ts';

/** What is wrong with the way a device reports, not with what it measures. */
export type Trouble = 'silent' | 'held' | 'doubled' | 'garbage' | 'fastClock';

export interface Cast {
	cranes: readonly string[];
	hoists: readonly string[];
	/** Sensors of horizontal displacement by pit: pits with several of them first, then those that report most often. */
	walls: readonly (readonly string[])[];
	/** Monitors of welding machines, and cameras that watch by themselves. */
	welders: readonly string[];
	cameras: readonly string[];
	/** Places one of which lies in the way of a gale. */
	places: readonly LngLat[];
	/** Sites with machines that report often, and everything that hangs on their power. */
	sites: readonly PoweredSite[];
}

export interface PoweredSite {
	at: LngLat;
	devices: readonly string[];
}

export interface Script {
	frontsAt(timeMs: number): readonly Front[];
	overloadPercent(deviceId: string, timeMs: number): number | undefined;
	creep(deviceId: string, timeMs: number): { mm: number; everyS: number } | undefined;
	trouble(deviceId: string, timeMs: number): Trouble | undefined;
	/** Whether a welding machine is wanted at work. */
	welds(deviceId: string, timeMs: number): boolean;
	/** What a camera is shown next, as far as it is known: this hour and the next. */
	nextSighting(deviceId: string, afterMs: number): Sighting | undefined;
}

interface Scene {
	device: string;
	from: number;
	to: number;
}

interface Hour {
	overloads: (Scene & { peak: number })[];
	creep: Scene[];
	front: Front | undefined;
	troubles: (Scene & { trouble: Trouble })[];
	welds: Scene[];
	sightings: (Sighting & { device: string })[];
	/** Devices without power, from and until. */
	dark: { devices: ReadonlySet<string>; from: number; to: number } | undefined;
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** A point that creeps is watched every minute, as the standard asks for under danger signs. */
const CREEP_EVERY_S = 60;
/** More than a designer allows any wall top. */
const CREEP_MM = 56;
/** Points of one wall that move together. */
const CREEPING = 3;
/** A gale every third hour, a creeping point every sixth, a power cut every fourth beginning with the second. */
const FRONT_EVERY = 3;
const CREEP_EVERY = 6;
const CUT_EVERY = 4;
/** Smoke before a camera every second hour. */
const SMOKE_EVERY = 2;
/** Sites on the line that fails. */
const DARK_SITES = 6;

export function writeScript(seed: string, startMs: number, cast: Cast): Script {
	const hours = new Map<number, Hour>();
	const hourAt = (index: number): Hour => {
		const known = hours.get(index);
		if (known) return known;
		const written = writeHour(seed, index, startMs + index * HOUR_MS, cast);
		hours.set(index, written);
		return written;
	};
	const indexAt = (timeMs: number) => Math.max(0, Math.floor((timeMs - startMs) / HOUR_MS));
	const runs = ({ from, to }: Scene, timeMs: number) => timeMs >= from && timeMs < to;

	return {
		frontsAt(timeMs) {
			const { front } = hourAt(indexAt(timeMs));
			return front ? [front] : [];
		},
		overloadPercent(deviceId, timeMs) {
			const scene = hourAt(indexAt(timeMs)).overloads.find((each) => each.device === deviceId && runs(each, timeMs));
			if (!scene) return undefined;
			const part = (timeMs - scene.from) / (scene.to - scene.from);
			return 70 + (scene.peak - 70) * Math.sin(Math.PI * Math.min(1, part)) ** 0.5;
		},
		creep(deviceId, timeMs) {
			const now = indexAt(timeMs);
			for (let index = now - (now % CREEP_EVERY); index >= 0; index -= CREEP_EVERY) {
				const scene = hourAt(index).creep.find(({ device }) => device === deviceId);
				if (!scene || timeMs < scene.from) continue;
				const part = Math.min(1, (timeMs - scene.from) / (scene.to - scene.from));
				return { mm: CREEP_MM * part ** 1.6, everyS: CREEP_EVERY_S };
			}
			return undefined;
		},
		trouble(deviceId, timeMs) {
			const { dark, troubles } = hourAt(indexAt(timeMs));
			if (dark && timeMs >= dark.from && timeMs < dark.to && dark.devices.has(deviceId)) return 'silent';
			return troubles.find((each) => each.device === deviceId && runs(each, timeMs))?.trouble;
		},
		welds: (deviceId, timeMs) =>
			hourAt(indexAt(timeMs)).welds.some((each) => each.device === deviceId && runs(each, timeMs)),
		nextSighting(deviceId, afterMs) {
			const now = indexAt(afterMs);
			return [now, now + 1]
				.flatMap((index) => hourAt(index).sightings)
				.find(({ device, at }) => device === deviceId && at > afterMs);
		},
	};
}

function writeHour(seed: string, index: number, startsAt: number, cast: Cast): Hour {
	const random = seeded(`${seed}/hour/${index}`);
	const cranes = random.shuffled(cast.cranes);
	const hoists = random.shuffled(cast.hoists);
	const scene = (device: string | undefined, minute: number, lasts: number): Scene[] =>
		device === undefined
			? []
			: [{ device, from: startsAt + minute * MINUTE_MS, to: startsAt + (minute + lasts) * MINUTE_MS }];
	const suffers = (trouble: Trouble, device: string | undefined, minute: number, lasts: number) =>
		scene(device, minute, lasts).map((each) => ({ ...each, trouble }));
	const welders = random.fork('welders').shuffled(cast.welders);
	const cameras = random.fork('cameras').shuffled(cast.cameras);
	const sees = (device: string | undefined, minute: number, event: string, confidence: number) =>
		scene(device, minute, 0).map(({ device: id, from }) => ({ device: id, at: from, event, confidence }));
	const hasFront = index % FRONT_EVERY === 0 && cast.places.length > 0;
	const hasCut = index % CUT_EVERY === 1 && cast.sites.length > 0;
	const wall = cast.walls[(index / CREEP_EVERY) % Math.max(1, cast.walls.length)] ?? [];

	return {
		overloads: [...scene(cranes[0], 2, 1), ...scene(cranes[1], 33, 1.2)].map((each) => ({
			...each,
			peak: random.between(104, 109),
		})),
		creep: index % CREEP_EVERY === 0 ? wall.slice(0, CREEPING).flatMap((sensor) => scene(sensor, 4, 34)) : [],
		front: hasFront ? gale(random, startsAt + 6 * MINUTE_MS, random.pick(cast.places)) : undefined,
		troubles: [
			...suffers('silent', cranes[2], 9, 8),
			...suffers('silent', hoists[0], 41, 6),
			...suffers('doubled', cranes[3], 15, 5),
			...suffers('held', cranes[4], 20, 3),
			...suffers('held', hoists[1], 20, 3),
			...suffers('garbage', cranes[5], 26, 1.5),
			...suffers('fastClock', hoists[2], 5, 50),
			...suffers('silent', welders[1], 13, 25),
		],
		// Two at work from the start; the box of the second dies while it welds, and its pin must not stay.
		welds: [...scene(welders[0], 3, 30), ...scene(welders[1], 8, 20)],
		sightings: [
			...sees(cameras[0], 11, 'noHelmet', 0.91),
			...sees(cameras[1], 24, 'intrusion', 0.86),
			...(index % SMOKE_EVERY === 0 ? sees(cameras[2], 38, 'smoke', 0.94) : []),
		],
		dark: hasCut
			? {
					devices: darkDevices(cast.sites, random.pick(cast.sites).at),
					from: startsAt + 44 * MINUTE_MS,
					to: startsAt + 53 * MINUTE_MS,
				}
			: undefined,
	};
}

/** The sites nearest to where the line fails. */
function darkDevices(sites: readonly PoweredSite[], fails: LngLat): ReadonlySet<string> {
	const near = [...sites].sort((a, b) => distanceM(a.at, fails) - distanceM(b.at, fails)).slice(0, DARK_SITES);
	return new Set(near.flatMap(({ devices }) => devices));
}

/** Narrow enough to pass over a few towns only, strong enough that work has to stop under its middle. */
function gale(random: ReturnType<typeof seeded>, startsAt: number, struck: LngLat): Front {
	const [bearingDeg, speedMs, lastsS] = [random.between(100, 150), random.between(7, 10), 26 * 60];
	return {
		startsAt,
		from: moved(struck, bearingDeg + 180, (speedMs * lastsS) / 2),
		bearingDeg,
		speedMs,
		reachM: 2_000,
		windMs: random.between(7.5, 9),
		lastsS,
	};
}
