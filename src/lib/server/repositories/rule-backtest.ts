// Back-tests of changed rules, kept with the change they tried.

import type { BackTest } from '#lib/domain/alarm/back-test.ts';
import type { Db } from '../db/connection.ts';

export type StoredResult = BackTest & { names: Record<string, string> };

export interface BacktestRow {
	id: string;
	changeId: string;
	state: 'running' | 'done' | 'failed' | 'cancelled';
	startedAt: Date;
	startedByName: string;
	endedAt: Date | null;
	result: StoredResult | null;
	fault: string | null;
}

export async function insertBacktest(
	db: Db,
	row: Pick<BacktestRow, 'id' | 'changeId' | 'startedAt' | 'startedByName'>,
): Promise<void> {
	await db
		.insertInto('rule_backtest')
		.values({
			id: row.id,
			change_id: row.changeId,
			state: 'running',
			started_at: row.startedAt,
			started_by_name: row.startedByName,
			ended_at: null,
			fault: null,
		})
		.execute();
}

/** Only one that still runs ends: the first end counts. */
export async function endBacktest(
	db: Db,
	id: string,
	end: { at: Date; state: 'done' | 'failed' | 'cancelled'; result?: StoredResult; fault?: string },
): Promise<void> {
	await db
		.updateTable('rule_backtest')
		.set({
			state: end.state,
			ended_at: end.at,
			result: end.result ? JSON.stringify(end.result) : null,
			fault: end.fault ?? null,
		})
		.where('id', '=', id)
		.where('state', '=', 'running')
		.execute();
}

/** The newest back-test of each of some changes. */
export async function newestBacktests(db: Db, changeIds: readonly string[]): Promise<Map<string, BacktestRow>> {
	if (changeIds.length === 0) return new Map();
	const rows = await db
		.selectFrom('rule_backtest')
		.selectAll()
		.distinctOn('change_id')
		.where('change_id', 'in', [...changeIds])
		.orderBy('change_id')
		.orderBy('started_at', 'desc')
		.execute();
	return new Map(
		rows.map((row) => [
			row.change_id,
			{
				id: row.id,
				changeId: row.change_id,
				state: row.state,
				startedAt: row.started_at,
				startedByName: row.started_by_name,
				endedAt: row.ended_at,
				result: row.result as unknown as StoredResult | null,
				fault: row.fault,
			},
		]),
	);
}
