// The level of one device: what it says, how old that is, and what nobody knows any more.

import { deviceRules } from '#db/rules/device.ts';
import { deviceLevel } from '#lib/domain/alarm/device-level.ts';
import { worst, type Level } from '#lib/domain/level.ts';
import { reportsByItself, type LiveDevice } from './live-device.ts';

/** Values not newer than this are not known any more, although the device still reports others; ms. */
export function knownAfter(device: Pick<LiveDevice, 'seenMs' | 'intervalS'>): number {
	return device.seenMs - deviceRules.presence.lateAfter.value * device.intervalS * 1000;
}

/** Null: it says nothing of what it is bound to. */
export function ownLevel(device: LiveDevice): Level | null {
	const { object, presence, watches } = device;
	if (!object || watches.length === 0) return null;
	if (!device.isAside) return deviceLevel(presence, object.isPlanned, watches, knownAfter(device));
	// A station that fell silent in its alarm is not known to be calm, nor to be loud any more.
	const isHeard = presence === 'fresh' || !reportsByItself(device);
	const stale: Level = object.isPlanned ? 'off' : 'unknown';
	const open = watches.flatMap(({ state, rules }) =>
		state.open ? [isHeard || rules.measure === 'event' ? state.open.level : stale] : [],
	);
	return open.length > 0 ? worst(open) : null;
}
