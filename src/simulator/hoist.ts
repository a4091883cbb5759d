// The monitor of a construction hoist: a cage that goes up and down with people and material.

import type { LngLat } from '#lib/domain/geo.ts';
import { seeded } from '#lib/domain/random.ts';
import { rounded, type Device, type Surroundings, type Values } from './device.ts';
import { travelled, travelTime, type Drive } from './travel.ts';
import { anemometer, atHeight } from './wind.ts';

export interface HoistFacts {
	id: string;
	siteId: string;
	at: LngLat;
	heightM: number;
}

/** A storey takes five seconds: the cage is watched closer than a jib. */
export const WORKING_S = 4;
export const RESTING_S = 60;
const CAGE: Drive = { speed: 0.6, acceleration: 0.4 };
const STOREY_M = 3;
const RATED_KG = 2000;
const PERSON_KG = 80;
const PAUSE_SHARE = 0.02;

export function hoist(seed: string, facts: HoistFacts, startMs: number, world: Surroundings): Device {
	const random = seeded(`${seed}/${facts.id}`);
	const gusts = anemometer(random.fork('wind'));
	const storeys = Math.max(2, Math.floor(facts.heightM / STOREY_M));
	let from = 0;
	let to = 0;
	let startedAt = startMs;
	let standsUntil = startMs + random.between(0, 30) * 1000;
	let persons = 0;
	let materialKg = 0;
	let resting = false;
	let lastAt = startMs - WORKING_S * 1000;

	function turn(timeMs: number): void {
		from = to;
		const upwards = from === 0;
		to = upwards ? random.whole(1, storeys) * STOREY_M : random.chance(0.7) ? 0 : random.whole(0, storeys) * STOREY_M;
		persons = upwards ? random.whole(1, 9) : random.whole(0, 6);
		materialKg = random.chance(0.4) ? Math.max(0, random.between(100, 0.82 * RATED_KG - persons * PERSON_KG)) : 0;
		startedAt = timeMs;
		standsUntil = timeMs + (travelTime(to - from, CAGE) + random.between(12, 40)) * 1000;
		if (random.chance(PAUSE_SHARE)) standsUntil += random.between(120, 500) * 1000;
	}

	const device: Device = {
		id: facts.id,
		nextAt: startMs + Math.floor(random.between(0, WORKING_S) * 1000),
		speak(): Values {
			const timeMs = device.nextAt;
			const works = world.isWorking(timeMs, facts.siteId);
			if (timeMs >= standsUntil && works) turn(timeMs);
			const heightM = from + travelled(to - from, CAGE, (timeMs - startedAt) / 1000);
			const isMoving = heightM !== to;
			resting = !isMoving && (!works || standsUntil - timeMs > RESTING_S * 1000);
			if (resting) [persons, materialKg] = [0, 0];
			const meanMs = atHeight(world.windMs(facts.at, timeMs), facts.heightM);
			const windMs = gusts(meanMs, (timeMs - lastAt) / 1000);
			lastAt = timeMs;
			device.nextAt = timeMs + (resting ? RESTING_S : WORKING_S) * 1000;
			return {
				loadPercent: rounded(((persons * PERSON_KG + materialKg) / RATED_KG) * 100, 1),
				persons,
				heightM: rounded(heightM, 1),
				windMs: rounded(windMs, 1),
			};
		},
	};
	return device;
}
