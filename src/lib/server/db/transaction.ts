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
	return withTries(() => db.transaction().execute((tx) => runInside(() => body(tx))));
}

/** Runs something that is all or nothing again where it failed only because others wrote at the same time. */
export async function withTries<T>(run: () => Promise<T>): Promise<T> {
	for (let attempt = 1; ; attempt += 1) {
		try {
			return await run();
		} catch (error) {
			const { code } = error as { code?: string };
			if (attempt >= TRIES || !WORTH_ANOTHER_TRY.has(code ?? '')) throw error;
			await sleep(PAUSE_MS * 2 ** attempt * Math.random());
		}
	}
}

/**
 * The answers to statements that were asked one behind the other. When one fails the others are waited for: none may
 * run once the transaction is over.
 *
 * @throws what the first of them failed with
 */
export async function allAnswered<T extends readonly unknown[]>(asked: { [K in keyof T]: Promise<T[K]> }): Promise<T> {
	const answers = await Promise.allSettled(asked);
	for (const answer of answers) if (answer.status === 'rejected') throw answer.reason;
	return answers.map((answer) => (answer as PromiseFulfilledResult<unknown>).value) as unknown as T;
}
