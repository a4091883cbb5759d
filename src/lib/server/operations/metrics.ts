// What operations are judged by: lag, room, clocks, backups, and what the embedded engine had to survive.

import { Gauge, type Registry } from 'prom-client';
import type { Company } from '../cluster/start-cluster.ts';
import type { Databases } from '../db/connection.ts';
import { placeOf } from '../db/engine/place.ts';
import { readStatus } from '../db/engine/status.ts';
import type { LivePart } from '../live/live-part.ts';
import { lastVerifiedBackup } from '../repositories/backup.ts';
import type { Operations } from './start-operations.ts';

export interface OperationsMeasured {
	databases: Databases;
	live: LivePart;
	company: Company;
	operations: Operations;
	dataDir: string;
}

type Measure = (name: string, help: string, value: () => number) => void;

export function measureOperations(
	{ databases, live, company, operations, dataDir }: OperationsMeasured,
	counted: Measure,
	gauged: Measure,
	registers: Registry[],
): void {
	const { readiness, loop, disk } = operations;
	gauged('outbox_lag_seconds', 'How long findings have been waiting to be written', readiness.outboxLagS);
	gauged('clock_skew_seconds', 'This clock ahead of the database clock', readiness.clockSkewS);
	gauged('eventloop_delay_p99', 'Seconds the loop stood still, 99th percentile of the window', loop.p99S);
	gauged('engine_is_judge', 'Whether this process judges', () => Number(live.isJudge()));
	gauged('peers', 'Other processes on the same database', () => company.cluster?.peers().length ?? 0);
	gauged('redis_up', 'Whether Redis can be reached; 1 when there is none to reach', () =>
		Number(company.redis() !== 'down'),
	);
	if (disk) gauged('disk_free_ratio', 'Share of the disk that is free', () => 1 - disk.now().used);

	if (databases.tier === 'embedded') {
		const place = placeOf(dataDir);
		counted('db_swallowed_errors_total', 'Errors the embedded engine swallowed', () => readStatus(place).swallowed);
		counted('engine_recycles_total', 'Times the embedded engine was opened anew', () => readStatus(place).reopened);
		counted('engine_sync_failures_total', 'Syncs the disk refused', () => readStatus(place).syncFailures);
	}

	new Gauge({
		name: 'db_pool_waiting',
		help: 'Questions waiting for a connection, by pool',
		labelNames: ['pool'],
		registers,
		collect() {
			for (const [pool, waiting] of Object.entries(databases.waiting())) this.set({ pool }, waiting);
		},
	});
	new Gauge({
		name: 'backup_verified_age_seconds',
		help: 'Since a backup was last restored and counted; not there before the first',
		registers,
		async collect() {
			const last = await lastVerifiedBackup(databases.read).catch(() => undefined);
			if (last) this.set((Date.now() - last.getTime()) / 1000);
		},
	});
	new Gauge({
		name: 'alarms_open_by_level',
		help: 'Alarms that are open, by level',
		labelNames: ['level'],
		registers,
		collect() {
			const counts: Record<string, number> = { notice: 0, warning: 0, danger: 0 };
			for (const { level } of live.engine.book.active()) counts[level] = (counts[level] ?? 0) + 1;
			for (const [level, count] of Object.entries(counts)) this.set({ level }, count);
		},
	});
}
