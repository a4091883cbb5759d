// Thins the past: days that are over are rolled up by minute and hour, and their raw readings are dropped when they
// have been kept as long as the policy says. Hour by hour and day by day, so that it can be ended anywhere and goes on.

import type { KeepRules } from '#db/rules/reading.ts';
import { thinAfter } from '#db/rules/reading.ts';
import type { Db } from '../db/connection.ts';
import {
	countDay,
	dropLeftovers,
	dropMinutes,
	dropRawDay,
	ensureRollUpPartitions,
	noteRolledUp,
	readingDays,
	rollUpHour,
	storageDays,
} from '../repositories/reading-storage.ts';

export interface Thinned {
	rolledUp: string[];
	dropped: string[];
}

const DAY_MS = 86_400_000;
const HOURS = 24;

/** @param isWanted - asked between two steps; false ends it, and the next call goes on */
export async function thinReadings(
	db: Db,
	keep: KeepRules,
	now: Date,
	isWanted: () => boolean = () => true,
): Promise<Thinned> {
	const done: Thinned = { rolledUp: [], dropped: [] };
	const before = (days: number) => new Date(now.getTime() - days * DAY_MS);
	const dayOf = (date: Date) => date.toISOString().slice(0, 10);
	const [thin, raw, minute, hour] = [thinAfter, keep.raw, keep.minute, keep.hour].map(({ value }) => before(value));
	const ledger = await storageDays(db);

	for (const day of await readingDays(db)) {
		if (!(day < dayOf(thin!))) break;
		const known = ledger.get(day);
		const isDue = day < dayOf(raw!);
		// What came late after a roll-up is found when the day is dropped; before that the raw readings tell it all.
		if (known?.rolledUpAt && !isDue) continue;
		const readings = await countDay(db, day);
		if (readings > 0 && !(known?.rolledUpAt && known.readings === readings)) {
			await ensureRollUpPartitions(db, day);
			for (let at = 0; at < HOURS; at++) {
				if (!isWanted()) return done;
				await rollUpHour(db, day, at);
			}
			done.rolledUp.push(day);
		}
		await noteRolledUp(db, day, readings, now);
		if (!isWanted()) return done;
		if (!isDue) continue;
		await dropRawDay(db, day, now);
		done.dropped.push(day);
	}
	for (const { day, minutesDroppedAt } of ledger.values())
		if (!minutesDroppedAt && day < dayOf(minute!)) await dropMinutes(db, day, now);
	await dropLeftovers(db, raw!, hour!);
	return done;
}
