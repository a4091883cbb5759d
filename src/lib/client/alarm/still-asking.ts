// What is left of alarms that were chosen a while ago: meanwhile others acknowledge some of them, or they close.

import type { AlarmMessage } from '#lib/contract/events.ts';

/** @param standing - the alarms of this moment by id */
export function stillAsking(
	chosen: readonly AlarmMessage[],
	standing: ReadonlyMap<string, AlarmMessage>,
): { alarms: AlarmMessage[]; gone: number } {
	const alarms = chosen.flatMap(({ id }) => standing.get(id) ?? []).filter(({ handling }) => handling === 'new');
	return { alarms, gone: chosen.length - alarms.length };
}
