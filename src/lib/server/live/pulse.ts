// How the server itself is doing, for the line that says how fresh the page is.

import type { Pulse } from '#lib/contract/events.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Presence } from '#lib/domain/known.ts';
import type { Databases } from '../db/connection.ts';
import type { DiskWatch } from '../db/disk.ts';
import type { Ingest } from '../ingest/accept.ts';
import { reportsByItself } from './live-device.ts';
import type { LivePart } from './live-part.ts';

const RATE_OVER_S = 10;

export interface PulseMaker {
	/** @param cursor - last number of the log the scope may see */
	of(scope: Scope, cursor: number): Pulse;
	stop(): void;
}

export function pulseMaker(
	databases: Databases,
	live: LivePart,
	ingest: Ingest,
	now: () => number,
	disk?: DiskWatch,
): PulseMaker {
	/** Readings accepted in all, second by second. */
	const totals: number[] = [];
	const timer = setInterval(() => {
		totals.push(ingest.counts().accepted);
		if (totals.length > RATE_OVER_S + 1) totals.shift();
	}, 1000);
	timer.unref();

	return {
		of(scope, cursor) {
			const { state: replica, lagS } = databases.replica();
			const count: Record<Presence, number> = { fresh: 0, late: 0, offline: 0, 'never-reported': 0 };
			for (const device of live.devicesOf(scope)) if (reportsByItself(device)) count[device.presence]++;
			const seconds = Math.max(totals.length - 1, 1);
			return {
				at: new Date(now()).toISOString(),
				cursor,
				readingsPerS: Math.round((((totals.at(-1) ?? 0) - (totals[0] ?? 0)) / seconds) * 10) / 10,
				devices: {
					fresh: count.fresh,
					late: count.late,
					offline: count.offline,
					neverReported: count['never-reported'],
				},
				tier: databases.tier,
				durability: databases.durability,
				disk: disk?.now().state ?? 'ok',
				databaseUp: databases.isUp(),
				replica,
				replicaLagS: lagS === null ? null : Math.round(lagS * 10) / 10,
			};
		},
		stop: () => clearInterval(timer),
	};
}
