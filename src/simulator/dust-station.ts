// A dust and noise station at the gate of a site: once a minute.

import { seeded } from '#lib/domain/random.ts';
import { isNight } from './hours.ts';
import { rounded, type Device, type Surroundings, type Values } from './device.ts';

const INTERVAL_S = 60;
/** Sites that pour concrete through the night, louder than its limit; the others that work then keep below it. */
const LOUD_AT_NIGHT = 0.01;
const STILL_DB = 46;
const QUIET_WORK_DB = 50;
const WORK_DB = 61;

export function dustStation(seed: string, id: string, siteId: string, startMs: number, world: Surroundings): Device {
	const random = seeded(`${seed}/${id}`);
	const base = random.between(34, 70);
	const isLoudAtNight = random.fork('night').chance(LOUD_AT_NIGHT);
	let cloud = 0;
	const levelDb = (timeMs: number, works: boolean): number => {
		if (!works) return STILL_DB;
		return isNight(timeMs) && !isLoudAtNight ? QUIET_WORK_DB : WORK_DB;
	};
	const device: Device = {
		id,
		nextAt: startMs + Math.floor(random.between(0, INTERVAL_S) * 1000),
		speak(): Values {
			const timeMs = device.nextAt;
			const works = world.isWorking(timeMs, siteId);
			cloud = cloud * 0.9 + (works && random.chance(0.05) ? random.between(10, 60) : 0);
			device.nextAt = timeMs + INTERVAL_S * 1000;
			return {
				pm10: rounded(base + cloud + 3 * random.normal(), 0),
				noiseDb: rounded(levelDb(timeMs, works) + 2.2 * random.normal(), 1),
			};
		},
	};
	return device;
}
