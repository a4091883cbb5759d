// All or nothing. Repeats what failed only because others wrote at the same time; everything else surfaces.

import { setTimeout as sleep } from 'node:timers/promises';
import type { Db } from './connection.ts';
import { runInside } from './inside-transaction.ts';

/** Serialization failure, deadlock. */
const WORTH_ANOTHER_TRY = new Set(['40001', '40P01']);
const TRIES = 4;
const PAUSE_MS = 20;

/**
 * Runs `body` in one transaction; called with a transaction it joins that one. The body may run again after a
 * conflict with others, so it must change nothing but the database. Inside, only `tx` may be used: asking the pool
 * throws.
 */
export async function transaction<T>(db: Db, body: (tx: Db) => Promise<T>): Promise<T> {
	if (db.isTransaction) return body(db);
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await db.transaction().execute((tx) => runInside(() => body(tx)));
		} catch (error) {
			const { code } = error as { code?: string };
			if (attempt >= TRIES || !WORTH_ANOTHER_TRY.has(code ?? '')) throw error;
			await sleep(PAUSE_MS * 2 ** attempt * Math.random());
		}
	}
}
