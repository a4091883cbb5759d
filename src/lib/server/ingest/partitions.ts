// Makes sure that the day of a reading has its partition, asking the database once per day only.

import type { Db } from '../db/connection.ts';
import { ensureReadingPartitions } from '../db/partition.ts';
import type { Row } from './check-reading.ts';

export interface Partitions {
	ensureFor(rows: readonly Row[], nowMs: number): Promise<void>;
	/** Makes the coming days; to be called at the start and every few hours. */
	ensureAhead(nowMs: number): Promise<void>;
}

const DAY_MS = 86_400_000;
const AHEAD_DAYS = 7;
/** Late readings up to this age get a partition of their own; older ones go to the default partition. */
const BEHIND_DAYS = 8;

export function createPartitions(db: Db): Partitions {
	const known = new Set<number>();

	async function ensure(day: number, days: number): Promise<void> {
		await ensureReadingPartitions(db, new Date(day * DAY_MS).toISOString().slice(0, 10), days);
		for (let i = 0; i < days; i++) known.add(day + i);
	}

	return {
		async ensureFor(rows, nowMs) {
			const today = Math.floor(nowMs / DAY_MS);
			let missing: Set<number> | undefined;
			let last = NaN;
			for (const { atUs } of rows) {
				const day = Math.floor(atUs / (DAY_MS * 1000));
				if (day === last) continue;
				last = day;
				if (known.has(day) || day < today - BEHIND_DAYS) continue;
				(missing ??= new Set()).add(day);
			}
			for (const day of missing ?? []) await ensure(day, 1);
		},
		async ensureAhead(nowMs) {
			const today = Math.floor(nowMs / DAY_MS);
			for (const day of known) if (day < today - BEHIND_DAYS) known.delete(day);
			await ensure(today - 1, AHEAD_DAYS + 1);
		},
	};
}
