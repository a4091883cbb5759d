// All devices of the district, asked what they have to say up to a time. Knows nothing of clocks and networks.

import type { Reading } from '#lib/contract/telemetry.ts';
import type { Device, Values } from './device.ts';
import type { Trouble } from './script.ts';

export interface Fleet {
	readonly size: number;
	/** Everything said up to and at a time since the last call, by the time it reaches the sender. */
	due(untilMs: number): Reading[];
	/** After a long sleep of the machine: the devices go on from here, what lies between was never measured. */
	skipTo(timeMs: number): void;
	/** A device the platform does not know stops sending. */
	retire(deviceId: string): void;
}

/** How far a clock that runs fast is ahead. */
const FAST_MS = 3 * 60_000;

/** @param startMs - also where sequence numbers begin, so that they grow over a restart */
export function startFleet(
	devices: readonly Device[],
	startMs: number,
	trouble: (deviceId: string, timeMs: number) => Trouble | undefined,
): Fleet {
	const running = new Map(devices.map((device) => [device.id, device]));
	const sequence = new Map<string, number>();
	/** Readings of devices without a line to the platform. */
	let held: Reading[] = [];

	function report(id: string, timeMs: number, values: Values): Reading[] {
		const seq = (sequence.get(id) ?? Math.floor(startMs / 1000)) + 1;
		sequence.set(id, seq);
		const reading = (at: number, said: Values): Reading => ({
			device: id,
			at: new Date(at).toISOString(),
			seq,
			values: said,
		});
		switch (trouble(id, timeMs)) {
			case 'silent':
				return [];
			case 'held':
				held.push(reading(timeMs, values));
				return [];
			case 'doubled':
				return [reading(timeMs, values), reading(timeMs, values)];
			case 'garbage':
				return [reading(timeMs, garbled(values, seq))];
			case 'fastClock':
				return [reading(timeMs + FAST_MS, values)];
			case undefined:
				return [reading(timeMs, values)];
		}
	}

	return {
		get size() {
			return running.size;
		},
		due(untilMs) {
			const said: { at: number; readings: Reading[] }[] = [];
			for (const device of running.values()) {
				while (device.nextAt <= untilMs) {
					const at = device.nextAt;
					const values = device.speak();
					if (values) said.push({ at, readings: report(device.id, at, values) });
				}
			}
			said.sort((a, b) => a.at - b.at);
			const late = held.filter(({ device }) => trouble(device, untilMs) !== 'held');
			held = held.filter(({ device }) => trouble(device, untilMs) === 'held');
			return [...late, ...said.flatMap(({ readings }) => readings)];
		},
		skipTo(timeMs) {
			for (const device of running.values()) device.nextAt = Math.max(device.nextAt, timeMs);
		},
		retire(deviceId) {
			running.delete(deviceId);
		},
	};
}

/** As broken electronics put it: texts for numbers, overflown registers, a sensor torn off. */
function garbled(values: Values, seq: number): Values {
	const spoil = ['NaN', 65535, -9999, 'ERR'][seq % 4]!;
	return Object.fromEntries(Object.keys(values).map((name, at) => [name, at % 2 === 0 ? spoil : values[name]!]));
}
