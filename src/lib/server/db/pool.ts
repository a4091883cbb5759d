// A pg pool as Kysely gets it, with what experience adds: a connection that missed its deadline is thrown away instead
// of used again; an error the embedded engine swallowed becomes an error; no pool inside a transaction.

import type { PostgresPool, PostgresPoolClient, PostgresQueryResult } from 'kysely';
import pg from 'pg';
import { asDatabaseFault } from './database-fault.ts';
import { insideTransaction } from './inside-transaction.ts';

/** A statement that reported success without having run. Seen on the embedded engine only. */
export class EngineSwallowedError extends Error {
	override readonly name = 'EngineSwallowedError';
	readonly sql: string;

	constructor(sql: string, options?: { cause?: unknown }) {
		super(
			'数据库吞掉了一个错误，语句未执行 · The database engine swallowed an error; the statement did not run.',
			options,
		);
		this.sql = sql;
	}
}

/** SQLSTATE the embedded engine's front raises when it sees an error swallowed. */
const SWALLOWED = 'SW001';

export interface PoolOptions {
	connection: pg.PoolConfig;
	/** Called before a connection is asked for a second time after the first could not be opened. */
	revive?: () => Promise<void>;
	onUp: () => void;
	onDown: (error: Error) => void;
}

/** The pool itself (for COPY) and as Kysely needs it. */
export interface GuardedPool {
	raw: pg.Pool;
	forKysely: PostgresPool;
}

export function openPool({ connection, revive, onUp, onDown }: PoolOptions): GuardedPool {
	const raw = new pg.Pool({ ...connection, types });
	// Without listeners a lost connection would end the process: idle ones report to the pool, others to themselves.
	raw.on('error', onDown);
	raw.on('connect', (client) => client.on('error', onDown));

	async function connect(): Promise<pg.PoolClient> {
		try {
			const client = await raw.connect();
			onUp();
			return client;
		} catch (error) {
			if (isBusy(error)) throw error;
			onDown(error as Error);
			if (!revive) throw error;
			await revive();
			const client = await raw.connect();
			onUp();
			return client;
		}
	}

	return {
		raw,
		forKysely: {
			async connect() {
				if (insideTransaction()) throw new Error(POOL_INSIDE_TRANSACTION);
				try {
					return guarded(await connect());
				} catch (error) {
					throw asDatabaseFault(error);
				}
			},
			end: () => raw.end(),
		},
	};
}

const POOL_INSIDE_TRANSACTION =
	'The database was asked for a second connection inside a transaction. Pass on the transaction (tx) instead: ' +
	'on the embedded database everybody waits for the open transaction, so this would never be answered.';

/** All connections are out; the database itself is well. */
const isBusy = (error: unknown): boolean => (error as Error).message === 'timeout exceeded when trying to connect';

const COMMIT_REFUSED = 'An error inside the transaction was caught and passed over; the transaction was rolled back.';

const MISSED = 'Query read timeout';

function guarded(client: pg.PoolClient): PostgresPoolClient {
	let lost: Error | undefined;

	async function query<R>(sql: string, parameters: readonly unknown[]): Promise<PostgresQueryResult<R>> {
		if (lost) throw lost;
		try {
			const result = await client.query(sql, [...parameters]);
			// Text with several statements and no parameters brings one result each.
			const results = (Array.isArray(result) ? result : [result]) as pg.QueryResult[];
			if (results.some(({ command }) => !command) && sql.trim() !== '') throw new EngineSwallowedError(sql);
			// PostgreSQL ends a failed transaction with a friendly ROLLBACK; whoever committed would take it for stored.
			if (sql === 'commit' && result.command === 'ROLLBACK') throw new Error(COMMIT_REFUSED);
			return results.at(-1) as unknown as PostgresQueryResult<R>;
		} catch (error) {
			const { code, message } = error as { code?: string; message: string };
			if (message === MISSED) lost = error as Error;
			if (code === SWALLOWED) throw new EngineSwallowedError(sql, { cause: error });
			throw asDatabaseFault(error);
		}
	}

	return {
		query: query as PostgresPoolClient['query'],
		release: () => client.release(lost),
	};
}

const { builtins } = pg.types;

/** 8-byte integers and days stay text: a number would lose digits, a Date would move the day with the time zone. */
const types: pg.CustomTypesConfig = {
	getTypeParser(oid: number, format?: 'text' | 'binary') {
		if (oid === builtins.DATE || oid === builtins.INT8) return (text: string) => text;
		return pg.types.getTypeParser(oid, format as 'text');
	},
} as pg.CustomTypesConfig;
