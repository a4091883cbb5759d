// A welding machine with its monitor: says when it is switched on and off, repeats itself every minute while it welds,
// and is silent otherwise.

import { moved, type LngLat } from '#lib/domain/geo.ts';
import { seeded } from '#lib/domain/random.ts';
import { rounded, type Device, type Surroundings, type Values } from './device.ts';

export interface WelderFacts {
	id: string;
	siteId: string;
	at: LngLat;
}

export const REPEATS_S = 60;
/** It may stand anywhere within this of the site's symbol. */
const WITHIN_M = 45;
/** Minutes of one piece of work, and between two of them. */
const WORK_MIN = [4, 25] as const;
const REST_MIN = [25, 160] as const;
const LOOKS_S = 60;

/** @param isAsked - whether the script wants it to weld at a time */
export function welder(
	seed: string,
	{ id, siteId, at }: WelderFacts,
	startMs: number,
	world: Pick<Surroundings, 'isWorking'>,
	isAsked: (timeMs: number) => boolean,
): Device {
	const random = seeded(`${seed}/${id}`);
	const place = moved(at, random.between(0, 360), random.between(5, WITHIN_M));
	let untilMs = -Infinity;
	let nextWorkMs = startMs + random.between(1, REST_MIN[1]) * 60_000;
	let isWelding = false;

	function decide(timeMs: number): boolean {
		if (isAsked(timeMs)) return true;
		if (timeMs < untilMs) return world.isWorking(timeMs, siteId);
		if (timeMs < nextWorkMs || !world.isWorking(timeMs, siteId)) return false;
		untilMs = timeMs + random.between(...WORK_MIN) * 60_000;
		nextWorkMs = untilMs + random.between(...REST_MIN) * 60_000;
		return true;
	}

	const device: Device = {
		id,
		nextAt: startMs + Math.floor(random.between(0, LOOKS_S) * 1000),
		speak(): Values | null {
			const timeMs = device.nextAt;
			const was = isWelding;
			isWelding = decide(timeMs);
			device.nextAt = timeMs + (isWelding ? REPEATS_S : LOOKS_S) * 1000;
			if (!isWelding) return was ? { welding: false, currentA: 0 } : null;
			const [longitude, latitude] = place;
			return {
				...{ welding: true, currentA: rounded(random.between(90, 180), 0) },
				...{ longitude: rounded(longitude, 6), latitude: rounded(latitude, 6) },
			};
		},
	};
	return device;
}
