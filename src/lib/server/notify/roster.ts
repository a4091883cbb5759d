// The roster as its page shows it.

import { ladderRules } from '#db/rules/escalation.ts';
import { sourceWords } from '#db/rules/source-words.ts';
import type { ToldLine } from '#lib/contract/alarm-card.ts';
import type { Roster } from '#lib/contract/alarm-desk.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import { idsInScope } from '../repositories/alarm-ids.ts';
import { peopleWith, shiftsBetween } from '../repositories/duty.ts';
import { toldLately } from '../repositories/escalation.ts';
import { countPushAddresses } from '../repositories/notice.ts';
import type { Runtime } from '../runtime.ts';

const DAY_MS = 86_400_000;
const AHEAD_DAYS = 14;
const LISTED = 30;

export async function roster(db: Db, scope: Scope, { config, notifier }: Runtime, now: Date): Promise<Roster> {
	const shifts = await shiftsBetween(db, now, new Date(now.getTime() + AHEAD_DAYS * DAY_MS));
	const rungs = (level: 'danger' | 'warning') =>
		ladderRules[level].map(({ role, after }) => ({ role, after: { ...after, source: sourceWords(after.source) } }));
	return {
		shifts: shifts.map(({ startsMs, endsMs, ...shift }) => ({
			...{ ...shift, from: new Date(startsMs).toISOString(), to: new Date(endsMs).toISOString() },
		})),
		people: await peopleWith(db, ['dutyOfficer', 'supervisor', 'leader']),
		ladder: { danger: rungs('danger'), warning: rungs('warning') },
		told: await toldInScope(db, scope),
		channels: {
			webhook: config.ALARM_WEBHOOK_URL !== '',
			pushKey: notifier.publicKey,
			pushBrowsers: await countPushAddresses(db),
		},
	};
}

/** One roster for the bureau: all see who was told, and of which alarm where it is theirs to see. */
async function toldInScope(db: Db, scope: Scope): Promise<ToldLine[]> {
	const told = await toldLately(db, LISTED);
	const ids = told.flatMap(({ alarmId }) => alarmId ?? []);
	const seen = new Set(await idsInScope(db, scope, ids));
	return told.map((line) => (line.alarmId && seen.has(line.alarmId) ? line : { ...line, alarmId: null }));
}
