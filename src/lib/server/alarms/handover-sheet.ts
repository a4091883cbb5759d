// What one shift leaves to the next: danger that is not closed, what lies on the shelf, silent devices, promises.

import type { HandoverSheet } from '#lib/contract/alarm-desk.ts';
import type { Principal } from '#lib/domain/access/principal.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Db } from '../db/connection.ts';
import type { LivePart } from '../live/live-part.ts';
import { alarmsInScope } from '../repositories/alarm.ts';
import { highestRungs } from '../repositories/escalation.ts';
import { lastHandover } from '../repositories/handover.ts';
import { countIncidents, countSteps } from '../repositories/quality.ts';
import { outOfService } from '../repositories/service.ts';
import { alarmMessage } from './alarm-row.ts';

/** Lines of each list; a sheet is read, not scrolled. */
const MOST = 200;
/** A first sheet has none before it: it tells of the last half day. */
const SHIFT_MS = 12 * 3_600_000;

/** The area whose shift somebody hands over: that of the first grant. */
export const shiftArea = (principal: Principal): string =>
	principal.kind === 'person' ? (principal.grants[0]?.area ?? '') : '';

/** The sheet of an area as things stand, since its last hand-over. */
export async function sheetNow(db: Db, live: LivePart, scope: Scope, area: string, now: Date): Promise<HandoverSheet> {
	const last = await lastHandover(db, scope, area);
	const start = last ? new Date(last.sheet.to) : new Date(now.getTime() - SHIFT_MS);
	return handoverSheet(db, live, scope, start < now ? start : new Date(now.getTime() - 1), now);
}

export async function handoverSheet(
	db: Db,
	live: LivePart,
	scope: Scope,
	from: Date,
	to: Date,
): Promise<HandoverSheet> {
	const standing = await alarmsInScope(db, scope, { state: 'standing', limit: 10_000, after: 0 });
	const told = standing.map((row) => alarmMessage(row, live.describe(row.deviceId, row.objectNo)));
	const steps = await countSteps(db, scope, from, to);
	await live.wall?.ask(scope);
	const devices = live.devicesOf(scope);
	const own = new Set(devices.map(({ id }) => id));
	const expected = devices.filter(({ object }) => object !== null && !object.isPlanned);
	const silent = expected.filter(({ presence }) => presence === 'offline').sort((a, b) => a.seenMs - b.seenMs);
	const reds = told.filter(({ worstLevel }) => worstLevel === 'danger');
	const rungs = await highestRungs(
		db,
		reds.slice(0, MOST).map(({ id, incidentId }) => incidentId ?? id),
	);
	const shelved = told.filter(({ shelf }) => shelf !== null);
	const promises = told
		.filter(({ promisedAt }) => promisedAt !== null)
		.sort((a, b) => a.promisedAt!.localeCompare(b.promisedAt!));
	return {
		from: from.toISOString(),
		to: to.toISOString(),
		reds: reds.slice(0, MOST),
		told: Object.fromEntries(
			reds.slice(0, MOST).flatMap(({ id, incidentId }) => {
				const rung = rungs.get(incidentId ?? id);
				return rung ? [[id, rung]] : [];
			}),
		),
		shelved: shelved.slice(0, MOST),
		promises: promises.slice(0, MOST),
		totals: {
			...{ reds: reds.length, shelved: shelved.length, promises: promises.length, silent: silent.length },
			neverReported: expected.filter(({ presence }) => presence === 'never-reported').length,
		},
		silent: silent.slice(0, MOST).map(({ id, object, seenMs }) => ({
			...{ deviceId: id, name: live.describe(id, object!.no).subjectName, siteName: object!.siteName },
			since: Number.isNaN(seenMs) ? null : new Date(seenMs).toISOString(),
		})),
		outOfService: (await outOfService(db))
			.filter(({ deviceId, until }) => own.has(deviceId) && until > to)
			.map(({ deviceId, reason, by, until }) => ({ deviceId, reason, by, until: until.toISOString() })),
		counts: {
			raised: steps['raised'] ?? 0,
			closed: (steps['close'] ?? 0) + (steps['closed'] ?? 0),
			acknowledged: steps['acknowledge'] ?? 0,
			incidents: await countIncidents(db, from, to),
		},
	};
}
