// The monitor of a tower crane: every 5 s at work, every 60 s at rest with the jib free in the wind.

import type { LngLat } from '#lib/domain/geo.ts';
import { seeded } from '#lib/domain/random.ts';
import {
	breakOff,
	momentOfJib,
	momentPercent,
	planLift,
	poseAt,
	type CraneSize,
	type Lift,
	type Pose,
} from './crane-cycle.ts';
import { rounded, type Device, type Surroundings, type Values } from './device.ts';
import { anemometer, atHeight } from './wind.ts';

export interface CraneFacts {
	id: string;
	siteId: string;
	at: LngLat;
	jibM: number;
	heightM: number;
}

export const WORKING_S = 5;
export const RESTING_S = 60;
/** A lift in so many is followed by a pause. */
const PAUSE_SHARE = 0.04;
/** Mean wind at the jib at which lifting stops. */
const STOP_WIND_MS = 12;

/**
 * @param startMs - begin of the simulation; the first report comes within seconds of it
 * @param overloadPercent - load moment a scripted overload asks for at a time, or undefined
 */
export function crane(
	seed: string,
	facts: CraneFacts,
	startMs: number,
	world: Surroundings,
	overloadPercent: (timeMs: number) => number | undefined,
): Device {
	const random = seeded(`${seed}/${facts.id}`);
	const size: CraneSize = { jibM: facts.jibM, heightM: facts.heightM, ratedMomentKnm: momentOfJib(facts.jibM) };
	const gusts = anemometer(random.fork('wind'));
	const noise = random.fork('noise');
	const baseTilt = random.between(0.03, 0.18);
	let pose: Pose = { slewDeg: random.between(0, 360), radiusM: random.between(10, facts.jibM - 4), hookM: 8 };
	let lift: Lift | undefined;
	let liftFrom = startMs;
	/** Told to stop: what hangs is put down, nothing else is lifted. */
	let isEnding = false;
	let pausedUntil = random.chance(0.1) ? startMs + random.between(20, 240) * 1000 : startMs;
	let lastAt = startMs - WORKING_S * 1000;
	// Most lifts are light; one in thirty comes near the rated moment without reaching the warning.
	const ordinaryPeak = () => (random.chance(0.03) ? random.between(78, 86) : random.between(18, 72));

	function advance(timeMs: number, meanMs: number): Pose & { loadT: number } {
		const isStopped = world.isStopped(timeMs, facts.siteId);
		if (lift && isStopped && !isEnding) {
			lift = breakOff(poseAt(lift, (timeMs - liftFrom) / 1000), size);
			liftFrom = timeMs;
		}
		isEnding = isStopped;
		if (lift) {
			const seconds = (timeMs - liftFrom) / 1000;
			if (seconds < lift.lastsS) return poseAt(lift, seconds);
			pose = lift.legs.at(-1)!.to;
			lift = undefined;
			if (random.chance(PAUSE_SHARE)) pausedUntil = timeMs + random.between(120, 540) * 1000;
		}
		const mayLift = world.isWorking(timeMs, facts.siteId) && !isStopped;
		if (timeMs < pausedUntil || meanMs > STOP_WIND_MS || !mayLift) {
			pose = freeInWind(pose, world.windTowardsDeg(timeMs), (timeMs - lastAt) / 1000);
			return { ...pose, loadT: 0 };
		}
		lift = planLift(random, size, { ...pose, slewDeg: pose.slewDeg % 360 }, ordinaryPeak());
		liftFrom = timeMs;
		return poseAt(lift, 0);
	}

	const device: Device = {
		id: facts.id,
		nextAt: startMs + Math.floor(random.between(0, WORKING_S) * 1000),
		speak(): Values {
			const timeMs = device.nextAt;
			const sinceS = (timeMs - lastAt) / 1000;
			const meanMs = atHeight(world.windMs(facts.at, timeMs), facts.heightM);
			const now = advance(timeMs, meanMs);
			lastAt = timeMs;
			device.nextAt = timeMs + (lift ? WORKING_S : RESTING_S) * 1000;
			const sway = 1 + 0.015 * noise.normal();
			const forced = overloadPercent(timeMs);
			const moment =
				forced === undefined ? momentPercent(now.loadT, now.radiusM, size.ratedMomentKnm) * sway : forced * sway;
			const loadT = forced === undefined ? now.loadT : (moment / 100) * (size.ratedMomentKnm / 9.81 / now.radiusM);
			if (forced !== undefined) device.nextAt = timeMs + WORKING_S * 1000;
			return {
				momentPercent: rounded(moment, 1),
				loadT: rounded(loadT, 2),
				radiusM: rounded(now.radiusM, 1),
				hookHeightM: rounded(now.hookM, 1),
				slewDeg: rounded(((now.slewDeg % 360) + 360) % 360, 1) % 360,
				windMs: rounded(gusts(meanMs, sinceS), 1),
				tiltDeg: rounded(baseTilt + 0.0012 * moment + 0.008 * Math.abs(noise.normal()), 3),
			};
		},
	};
	return device;
}

/** Out of service the brake is off and the jib drifts to lie with the wind. */
function freeInWind(pose: Pose, towardsDeg: number, seconds: number): Pose {
	const away = ((((towardsDeg - pose.slewDeg) % 360) + 540) % 360) - 180;
	const drift = Math.sign(away) * Math.min(Math.abs(away), 0.4 * seconds);
	return { ...pose, slewDeg: pose.slewDeg + drift };
}
