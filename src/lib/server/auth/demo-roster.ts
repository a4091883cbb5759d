// The roster of the demonstration: its people on duty day and night for the coming weeks, so that the ladder finds them.

import { randomUUID } from 'node:crypto';
import type { DutyRole } from '#lib/domain/alarm/escalation.ts';
import type { Db } from '../db/connection.ts';
import { addShift, shiftsBetween } from '../repositories/duty.ts';
import { personByLogin } from '../repositories/person.ts';

const SHIFT_MS = 12 * 3_600_000;
const DAY_MS = 2 * SHIFT_MS;
const DAYS = 14;
/** Shifts change at eight in the morning and evening, Shanghai. */
const CHANGES_AT_MS = 0;

/** `night`: who is there from eight in the evening, if not the same. */
const ON_DUTY: readonly { role: DutyRole; login: string; night?: string; isLocal: boolean }[] = [
	{ role: 'gridSupervisor', login: 'demo-supervisor', isLocal: true },
	{ role: 'dutyOfficer', login: 'demo-duty', night: 'demo-night', isLocal: false },
	{ role: 'leader', login: 'demo-leader', isLocal: false },
];

/** Writes the roster on where it ends soon. */
export async function ensureDemoRoster(tx: Db, area: { district: string; town: string }, now: Date): Promise<void> {
	const ahead = new Date(now.getTime() + DAY_MS);
	if ((await shiftsBetween(tx, ahead, new Date(ahead.getTime() + 1))).length > 0) return;
	const first = Math.floor((now.getTime() - CHANGES_AT_MS) / SHIFT_MS) * SHIFT_MS;
	for (const { role, login, night = login, isLocal } of ON_DUTY) {
		const [byDay, byNight] = [await personByLogin(tx, login), await personByLogin(tx, night)];
		if (!byDay || !byNight) continue;
		for (let i = 0; i < 2 * DAYS; i++) {
			const from = new Date(first + i * SHIFT_MS);
			const shift = {
				role,
				area: isLocal ? area.town : area.district,
				personId: isNight(from) ? byNight.id : byDay.id,
			};
			const to = new Date(from.getTime() + SHIFT_MS);
			await addShift(tx, { ...shift, id: randomUUID(), from, to, by: 'system', at: now });
		}
	}
}

function isNight(from: Date): boolean {
	return (from.getTime() - CHANGES_AT_MS) % DAY_MS !== 0;
}
