// Which devices speak through which door, and what happens where a door is shut: they use HTTP then, and it is said.

import type { Reading } from '#lib/contract/telemetry.ts';

export type Door = 'http' | 'mqtt' | 'hj212';

/** How each kind of device of the demonstration is built, by its number. */
const SPEAKS: readonly [RegExp, Door][] = [
	[/^(SC|HJ|AI)-/, 'mqtt'],
	[/^YC-/, 'hj212'],
];

/** @param open - doors the platform has */
export function doorOf(deviceId: string, open: ReadonlySet<Door>): Door {
	const door = SPEAKS.find(([pattern]) => pattern.test(deviceId))?.[1] ?? 'http';
	return open.has(door) ? door : 'http';
}

/** Readings by the door they go through, each door's in their order. */
export function byDoor(readings: readonly Reading[], open: ReadonlySet<Door>): Map<Door, Reading[]> {
	const found = new Map<Door, Reading[]>();
	for (const reading of readings) {
		const door = doorOf(reading.device, open);
		const of = found.get(door);
		if (of) of.push(reading);
		else found.set(door, [reading]);
	}
	return found;
}

/** What is to be said about doors that are shut. */
export function shutDoors(open: ReadonlySet<Door>): string[] {
	return [
		...(open.has('mqtt')
			? []
			: [
					'MQTT is off: hoists, welding machines and cameras report over HTTP, and what cameras see comes without a picture.',
				]),
		...(open.has('hj212') ? [] : ['HJ 212 is off: dust stations report over HTTP.']),
	];
}
