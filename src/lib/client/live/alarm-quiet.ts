// What keeps an alarm quiet, as the domain sees it, for alarms as they come over the wire.

import type { AlarmMessage } from '#lib/contract/events.ts';

/** Why it does not ask for anybody now; null: nothing keeps it quiet. */
export function quietReason(alarm: AlarmMessage): 'suppressed' | 'outOfService' | 'shelved' | null {
	if (alarm.suppressedBy !== null) return 'suppressed';
	if (alarm.isOutOfService) return 'outOfService';
	return alarm.shelf?.state === 'on' ? 'shelved' : null;
}

export const isQuiet = (alarm: AlarmMessage): boolean => quietReason(alarm) !== null;

/** Nobody has taken notice and nothing keeps it quiet. */
export const speaks = (alarm: AlarmMessage): boolean => alarm.handling === 'new' && !isQuiet(alarm);

/** The level it is called by: that of now while it holds, the gravest it had once it is over: that is to be dealt with. */
export const calledLevel = (alarm: Pick<AlarmMessage, 'clearedAt' | 'level' | 'worstLevel'>): AlarmMessage['level'] =>
	alarm.clearedAt === null ? alarm.level : alarm.worstLevel;
