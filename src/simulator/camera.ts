// A camera that watches by itself: says every five minutes that it is there, and at once what it has seen.

import { seeded } from '#lib/domain/random.ts';
import type { Device, Values } from './device.ts';

export const HERE_S = 300;

export interface Sighting {
	at: number;
	event: string;
	confidence: number;
}

/** @param nextSighting - the first thing the script shows it behind a moment */
export function camera(
	seed: string,
	id: string,
	startMs: number,
	nextSighting: (afterMs: number) => Sighting | undefined,
): Device {
	const random = seeded(`${seed}/${id}`);
	let hereAt = startMs + Math.floor(random.between(0, HERE_S) * 1000);
	let sighting = nextSighting(startMs);
	const device: Device = {
		id,
		nextAt: 0,
		speak(): Values {
			const timeMs = device.nextAt;
			const seen = sighting && timeMs >= sighting.at ? sighting : undefined;
			while (hereAt <= timeMs) hereAt += HERE_S * 1000;
			// Nothing was to be seen when it was asked last; by now there may be.
			if (seen || !sighting) sighting = nextSighting(timeMs);
			plan();
			return seen ? { aiEvent: seen.event, confidence: seen.confidence } : { online: true };
		},
	};
	function plan(): void {
		device.nextAt = Math.min(hereAt, sighting?.at ?? Infinity);
	}
	plan();
	return device;
}
