// A dust and noise station at the gate of a site: once a minute.

import { seeded } from '#lib/domain/random.ts';
import { rounded, type Device, type Surroundings, type Values } from './device.ts';

const INTERVAL_S = 60;

export function dustStation(seed: string, id: string, siteId: string, startMs: number, world: Surroundings): Device {
	const random = seeded(`${seed}/${id}`);
	const base = random.between(34, 70);
	let cloud = 0;
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
				noiseDb: rounded((works ? 61 : 46) + 2.2 * random.normal(), 1),
			};
		},
	};
	return device;
}
