// What cameras say they have seen: which events are one condition, how sure the camera must be, how long it stays.

import type { AlarmLevel } from '../../src/lib/domain/alarm/condition.ts';
import type { WatchRules } from '../../src/lib/domain/alarm/watch.ts';
import { assumed } from './provenance.ts';

const SURE = 'no standard names it: below it cameras take welding light for fire and hats for heads';

function seen(
	name: 'fire' | 'intrusion' | 'protection',
	level: AlarmLevel,
	percent: number,
	events: readonly string[],
): WatchRules {
	return {
		condition: `camera${name[0]!.toUpperCase()}${name.slice(1)}`,
		quantity: 'aiEvent',
		measure: 'event',
		events,
		by: {
			key: `camera.${name}`,
			limits: [
				{ level, from: assumed(percent, '%', SURE), confirmations: assumed(1, '', 'a camera says it once per event') },
			],
			deadband: assumed(0, '%', 'an event is there or not'),
			onDelay: assumed(0, 's', 'cameras watch for seconds before they say anything'),
			offDelay: assumed(600, 's', 'the same thing seen again within ten minutes is the same alarm'),
			isLatched: level === 'danger',
		},
	};
}

export const cameraRules = {
	fire: seen('fire', 'danger', 60, ['fire', 'flame', 'openFire', 'smoke']),
	intrusion: seen('intrusion', 'warning', 70, ['intrusion', 'zoneIntrusion', 'edgeIntrusion']),
	protection: seen('protection', 'notice', 80, ['noHelmet', 'noVest', 'noHarness', 'noSafetyBelt']),
};
