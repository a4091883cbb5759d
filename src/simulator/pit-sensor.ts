// A sensor on a monitoring point. What it reads depends on the time alone, so that a restart continues the curve.

import { seeded } from '#lib/domain/random.ts';
import { rounded, type Device, type Values } from './device.ts';

export interface SensorFacts {
	id: string;
	/** As on the drawing: `S01`, `SW02`; its letters tell what is measured. */
	code: string;
	intervalS: number;
}

const DAY_MS = 86_400_000;
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
	const read = curveOf(facts.code, random);
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

function curveOf(
	code: string,
	random: ReturnType<typeof seeded>,
): (timeMs: number, creepMm: number, noise: number) => Values {
	const periodMs = random.between(60, 120) * DAY_MS;
	const phase = random.between(0, 2 * Math.PI);
	const slow = (timeMs: number) => Math.sin((2 * Math.PI * (timeMs % periodMs)) / periodMs + phase);
	const daily = (timeMs: number) => Math.sin((2 * Math.PI * (timeMs % DAY_MS)) / DAY_MS);
	switch (code.replace(/\d+$/, '')) {
		case 'SW': {
			const level = random.between(-4.2, -1.6);
			return (timeMs, _creep, noise) => ({
				levelM: rounded(level + 0.25 * slow(timeMs) + 0.03 * daily(timeMs) + 0.004 * noise, 3),
			});
		}
		case 'ZL': {
			const force = random.between(700, 2600);
			return (timeMs, _creep, noise) => ({
				forceKn: rounded(force * (1 + 0.05 * slow(timeMs) + 0.03 * daily(timeMs)) + noise, 0),
			});
		}
		default: {
			// Few points have come far; the curve creeps up and settles again over months.
			const come = random.chance(0.02) ? random.between(9, 13) : random.between(1, 4.5);
			const creep = random.between(0.6, 1.6);
			return (timeMs, more, noise) => ({ cumulativeMm: rounded(come + creep * slow(timeMs) + more + 0.04 * noise, 2) });
		}
	}
}
