// What is noted of a reading that has just come, beside what the rules make of it.

import { measureRules } from '#db/rules/alarm.ts';
import { believable } from '#lib/domain/device/plausible.ts';
import type { LiveDevice } from './live-device.ts';

/** A stamp ahead of the moment it counts for is remembered until it lies in the past of its device. */
export function noteAhead(device: LiveDevice, atUs: number, seq: number): void {
	const { ahead, seenMs } = device;
	if (ahead) for (const [key, stampUs] of ahead) if (stampUs / 1000 < seenMs) ahead.delete(key);
	if (atUs / 1000 > seenMs) (device.ahead ??= new Map()).set(`${atUs} ${seq}`, atUs);
	else if (ahead?.size === 0) device.ahead = null;
}

/** Percent of the designer's value a pit point has reached. */
export function utilisation(device: LiveDevice, values: Readonly<Record<string, unknown>>): number {
	const watched = device.watches.find(({ rules }) => rules.measure === 'utilisation');
	const value = watched
		? believable(values[watched.rules.quantity], measureRules.plausible[watched.rules.quantity])
		: NaN;
	return (Math.abs(value) / (watched?.design ?? NaN)) * 100;
}
