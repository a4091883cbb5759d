// The demonstration's past: readings of thirty days for a part of the devices, as a thinned store would have kept them:
// a value every few hours from pit points, every ten minutes from cranes and every minute where something was going on.

import { pitCurve } from '#lib/domain/demo/pit-curve.ts';
import { seeded } from '#lib/domain/random.ts';

export interface PastDevice {
	no: number;
	id: string;
	kind: 'craneMonitor' | 'pitSensor';
	/** Code of the point; null for a crane. */
	code: string | null;
}

export interface PastReading {
	deviceNo: number;
	atMs: number;
	values: Record<string, number>;
}

export const PAST_DAYS = 30;
const CRANES = 36;
const SENSORS = 420;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const SENSOR_EVERY_MS = 4 * HOUR_MS;
const SHANGHAI_AHEAD_MS = 8 * HOUR_MS;

/** Which devices have a past: spread over all of them, always the same. */
export function withPast(devices: readonly PastDevice[]): PastDevice[] {
	const spread = (kind: PastDevice['kind'], count: number) => {
		const all = devices.filter((device) => device.kind === kind);
		const step = Math.max(1, all.length / count);
		return Array.from({ length: Math.min(count, all.length) }, (_, i) => all[Math.floor(i * step)]!);
	};
	return [...spread('craneMonitor', CRANES), ...spread('pitSensor', SENSORS)];
}

/** One Shanghai day of a device, oldest first, up to a moment. */
export function pastDay(seed: string, device: PastDevice, dayStartMs: number, untilMs: number): PastReading[] {
	const readings =
		device.kind === 'pitSensor' ? sensorDay(seed, device, dayStartMs) : craneDay(seed, device, dayStartMs);
	return readings.filter(({ atMs }) => atMs < untilMs);
}

/** Begin of the Shanghai day some days before a moment. */
export function dayStartMs(nowMs: number, ago: number): number {
	return Math.floor((nowMs + SHANGHAI_AHEAD_MS) / DAY_MS - ago) * DAY_MS - SHANGHAI_AHEAD_MS;
}

/** The simulator goes on from the same curve: the same words name the same chance. */
function sensorDay(seed: string, { no, id, code }: PastDevice, startMs: number): PastReading[] {
	const read = pitCurve(code ?? '', seeded(`${seed}/${id}`));
	const noise = seeded(`${seed}/${id}/past/${startMs}`);
	return Array.from({ length: DAY_MS / SENSOR_EVERY_MS }, (_, i) => {
		const atMs = startMs + i * SENSOR_EVERY_MS + noise.whole(0, 50) * 1000;
		return { deviceNo: no, atMs, values: read(atMs, 0, noise.normal()) };
	});
}

/** Works from seven to six; one day in five is windy, one lift in so many comes near the rated moment. */
function craneDay(seed: string, { no, id }: PastDevice, startMs: number): PastReading[] {
	const weather = seeded(`${seed}/past/weather/${startMs}`);
	const isWindy = weather.chance(0.2);
	const calmMs = weather.between(2.5, 5.5);
	const galeFrom = startMs + weather.between(8, 15) * HOUR_MS;
	const galeMs = weather.between(9.5, 13.2);
	const random = seeded(`${seed}/${id}/past/${startMs}`);
	const high = random.between(0.9, 1.15);
	const busy = random.chance(0.35) ? random.between(7, 17) : NaN;
	const peak = random.between(82, 106);
	const readings: PastReading[] = [];
	const say = (atMs: number, momentPercent: number, meanMs: number) =>
		readings.push({
			deviceNo: no,
			atMs,
			values: {
				momentPercent: Math.round(Math.max(0, momentPercent) * 10) / 10,
				windMs: Math.round(Math.max(0.2, meanMs * high + 0.5 * random.normal()) * 10) / 10,
				tiltDeg: Math.round((0.08 + 0.0012 * momentPercent + 0.01 * random.next()) * 1000) / 1000,
			},
		});
	const windAt = (atMs: number) => {
		const hours = (atMs - galeFrom) / HOUR_MS;
		return isWindy && hours > 0 && hours < 1.5
			? calmMs + (galeMs - calmMs) * Math.sin((Math.PI * hours) / 1.5) ** 0.5
			: calmMs;
	};
	for (let atMs = startMs + 7 * HOUR_MS; atMs < startMs + 18 * HOUR_MS;) {
		const wind = windAt(atMs);
		const nearPeak = Math.abs(atMs - (startMs + busy * HOUR_MS)) < 3 * MINUTE_MS;
		const share = 1 - Math.abs(atMs - (startMs + busy * HOUR_MS)) / (3 * MINUTE_MS);
		say(atMs, nearPeak ? 60 + (peak - 60) * Math.sqrt(Math.max(0, share)) : random.between(8, 68), wind);
		const isLively =
			wind > 7.5 ||
			(nearPeak as boolean) ||
			Math.abs(atMs + 10 * MINUTE_MS - (startMs + busy * HOUR_MS)) < 12 * MINUTE_MS;
		atMs += isLively ? MINUTE_MS : 10 * MINUTE_MS;
	}
	return readings;
}
