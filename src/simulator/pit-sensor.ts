// A sensor on a monitoring point. What it reads depends on the time alone, so that a restart continues the curve.

import { pitCurve } from '#lib/domain/demo/pit-curve.ts';
import { seeded } from '#lib/domain/random.ts';
import type { Device, Values } from './device.ts';

export interface SensorFacts {
	id: string;
	/** As on the drawing: `S01`, `SW02`; its letters tell what is measured. */
	code: string;
	intervalS: number;
}

/** All sensors of the district speak once soon after a start, then at their own times. */
const FIRST_WITHIN_S = 30;

/** @param creepMm - displacement a scripted event adds at a time, and then how often it is read */
export function pitSensor(
	seed: string,
	facts: SensorFacts,
	startMs: number,
	creepMm: (timeMs: number) => { mm: number; everyS: number } | undefined,
): Device {
	const random = seeded(`${seed}/${facts.id}`);
	const read = pitCurve(facts.code, random);
	const noise = random.fork('noise');
	const firstAt = startMs + Math.floor(random.between(0, FIRST_WITHIN_S) * 1000);
	const phaseMs = Math.floor(random.next() * facts.intervalS * 1000);
	const device: Device = {
		id: facts.id,
		nextAt: firstAt,
		speak(): Values {
			const timeMs = device.nextAt;
			const creep = creepMm(timeMs);
			const stepMs = (creep?.everyS ?? facts.intervalS) * 1000;
			const planned = Math.floor((timeMs - phaseMs) / stepMs) * stepMs + phaseMs + stepMs;
			device.nextAt = planned - timeMs < stepMs / 10 ? planned + stepMs : planned;
			return read(timeMs, creep?.mm ?? 0, noise.normal());
		},
	};
	return device;
}
