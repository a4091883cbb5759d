// A transaction whose statements do not wait for each other's answers: they are sent one behind the other and come back
// in that order (pipelining of `pg`). For what must be quick; everything else is well served by `transaction`, where
// Kysely waits for each answer.

import {
	DefaultQueryExecutor,
	PostgresDialect,
	PostgresAdapter,
	PostgresQueryCompiler,
	Transaction,
	type CompiledQuery,
	type DatabaseConnection,
	type PostgresPool,
	type PostgresQueryResult,
	type QueryResult,
} from 'kysely';
import type { Tables } from '#db/schema.ts';
import type { Db } from './connection.ts';
import { runInside } from './inside-transaction.ts';
import { allAnswered, withTries } from './transaction.ts';

/**
 * Runs `body` in one transaction, again after a conflict with others. `commit` is called behind the last statement
 * without waiting for it: when one of them failed it throws, and nothing is stored.
 */
export type QuickTransaction = <T>(body: QuickBody<T>) => Promise<T>;
type QuickBody<T> = (tx: Db, commit: () => Promise<void>) => Promise<T>;

/** @param pool - of connections that pipeline */
export function quickTransactions(pool: PostgresPool): QuickTransaction {
	return (body) => withTries(() => once(pool, body));
}

async function once<T>(pool: PostgresPool, body: QuickBody<T>): Promise<T> {
	const client = await pool.connect();
	const sent: Promise<unknown>[] = [];
	let isCommitted = false;
	const send = <R>(text: string, parameters: readonly unknown[] = []) => {
		const answer = client.query<R>(text, parameters);
		sent.push(answer.catch(() => undefined));
		return answer;
	};
	const commit = async (): Promise<void> => {
		await send('commit');
		isCommitted = true;
	};
	try {
		const begun = send('begin');
		const [, result] = await allAnswered([begun, runInside(() => body(over(send), commit))]);
		if (!isCommitted) throw new Error('A quick transaction ended without its commit.');
		return result;
	} finally {
		await Promise.all(sent);
		if (!isCommitted) await client.query('rollback', []).catch(() => undefined);
		client.release();
	}
}

const COMPILER = new PostgresQueryCompiler();
const ADAPTER = new PostgresAdapter();
const dialect = new PostgresDialect({ pool: () => Promise.reject(new Error('It has its connection.')) });
/** What Kysely wants beside an executor, and never asks. */
const UNCONNECTED = { config: { dialect }, dialect, driver: dialect.createDriver() };

/** Kysely over one connection; what is asked is on its way before the asking returns. */
function over(send: <R>(text: string, parameters: readonly unknown[]) => Promise<PostgresQueryResult<R>>): Db {
	const connection: DatabaseConnection = {
		async executeQuery<R>({ sql, parameters }: CompiledQuery): Promise<QueryResult<R>> {
			const { rows, rowCount } = await send<R>(sql, parameters);
			return { rows, numAffectedRows: BigInt(rowCount ?? 0) };
		},
		streamQuery() {
			throw new Error('A quick transaction does not stream.');
		},
	};
	const provider = { provideConnection: <R>(use: (connection: DatabaseConnection) => Promise<R>) => use(connection) };
	return new Transaction<Tables>({ ...UNCONNECTED, executor: new DefaultQueryExecutor(COMPILER, ADAPTER, provider) });
}
