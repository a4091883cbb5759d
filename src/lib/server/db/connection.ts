// The databases of the program. One code path: a PostgreSQL server named by DATABASE_URL, or without it the embedded
// engine behind a local socket, both through pg pools and Kysely.

import { Kysely, PostgresDialect, sql } from 'kysely';
import type pg from 'pg';
import { storageRules } from '#db/rules/storage.ts';
import type { Tables } from '#db/schema.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import type { Rule } from '#lib/domain/rule.ts';
import type { Config } from '../config.ts';
import { startOrJoin, type EmbeddedEngine } from './embedded.ts';
import { watchHealth } from './health.ts';
import { noteSchema } from './engine/manifest.ts';
import { placeOf } from './engine/place.ts';
import { keepFloors, probeTables } from './engine/probe.ts';
import { letWork, migrate, schemaOf } from './migrate.ts';
import { openPool, type GuardedPool } from './pool.ts';
import { quickTransactions, type QuickTransaction } from './quick-transaction.ts';
import { followReplica, primaryOnly, type HeavyReads } from './replica.ts';
import { hasSecondWall, scopedReads } from './scoped.ts';
import { checkVersions } from './versions.ts';

/** A pool or a transaction. */
export type Db = Kysely<Tables>;

export interface Databases extends HeavyReads {
	tier: 'embedded' | 'server';
	/** Whether an acknowledged row survives a power cut; on a server that is the server's business. */
	durability: 'fsync' | 'relaxed' | 'server';
	/** Pages and questions. Three pools, so that slow questions starve neither readings nor alarms. */
	read: Db;
	/**
	 * For questions in somebody's name: on a server as a role to which the database itself shows the rows of the scope
	 * only (db/scoped.ts). The same as `read` where there is no such second wall.
	 */
	scoped(scope: Scope): Db;
	hasSecondWall: boolean;
	/** Everything that stores. */
	ingest: Db;
	alarm: Db;
	/** For what is found: an alarm must not wait for the answer to each statement. */
	quickly: QuickTransaction;
	/** The pool behind `ingest`, for COPY; undefined on the embedded tier. */
	copyPool?: pg.Pool;
	/** Where a connection of one's own would go. */
	connection: pg.ClientConfig;
	/** Questions waiting for a connection, by pool. */
	waiting(): Record<'read' | 'ingest' | 'alarm', number>;
	/** As far as the last attempts tell; a database that is down is tried every second. */
	isUp(): boolean;
	close(): Promise<void>;
}

export interface OpenOptions {
	log?: (line: string) => void;
	/** For programs that only look. */
	migrate?: boolean;
}

const ms = (rule: Rule): number => rule.value * 1000;

/**
 * Opens the databases and brings them up to date.
 *
 * @throws Fault with one sentence when the database is out of reach, too old, newer than the program, or damaged
 */
export async function openDatabases(
	config: Pick<Config, 'DATABASE_URL' | 'DATA_DIR'> & Partial<Pick<Config, 'DATABASE_OWNER_URL' | 'DATABASE_READ_URL'>>,
	options: OpenOptions = {},
): Promise<Databases> {
	const { log = () => undefined } = options;
	const engine = config.DATABASE_URL ? undefined : await startOrJoin({ dataDir: config.DATA_DIR, log });
	const health = watchHealth(() => probe());

	const pool = (name: string, max: number, statement: Rule, more: { url?: string; pipeline?: boolean } = {}) =>
		openPool({
			connection: {
				...target({ DATABASE_URL: more.url ?? config.DATABASE_URL }, engine),
				...limits(name, max, statement),
				pipeline: more.pipeline ?? false,
			},
			revive: engine && (() => engine.ensure()),
			onUp: health.up,
			onDown: health.down,
		});
	const few = engine !== undefined;
	const pools = {
		read: pool('read', few ? 4 : 10, storageRules.statement),
		ingest: pool('ingest', few ? 2 : 6, storageRules.storing),
		alarm: pool('alarm', few ? 2 : 3, storageRules.statement),
		quick: pool('findings', 1, storageRules.statement, { pipeline: true }),
	};
	const open = ({ forKysely }: GuardedPool): Db => new Kysely({ dialect: new PostgresDialect({ pool: forKysely }) });
	const read = open(pools.read);
	const probe = (): Promise<unknown> => sql`select 1`.execute(read);

	let heavy: ReturnType<typeof followReplica> | undefined;
	let replicaPool: GuardedPool | undefined;

	let closed: Promise<void> | undefined;
	const close = async (): Promise<void> => {
		if (options.migrate !== false) await noteRows();
		return (closed ??= end());
	};
	async function end(): Promise<void> {
		clearInterval(noting);
		health.stop();
		heavy?.stop();
		await Promise.all([...Object.values(pools), ...(replicaPool ? [replicaPool] : [])].map(({ raw }) => raw.end()));
		engine?.close();
	}

	/** Rows counted against are only those a commit has really kept. */
	const place = engine?.durability === 'fsync' ? placeOf(config.DATA_DIR) : undefined;
	async function noteRows(): Promise<void> {
		if (place && !closed && health.isUp()) await keepFloors(read, place).catch(() => undefined);
	}
	const noting = setInterval(() => void noteRows(), ms(storageRules.floorsEvery)).unref();

	try {
		await checkVersions(read, config.DATABASE_URL);
		if (place) await probeTables(read, place);
		if (options.migrate !== false) {
			const owner = config.DATABASE_OWNER_URL || config.DATABASE_URL;
			const migrating = pool('migrate', 1, storageRules.migrating, { url: owner });
			try {
				await migrate(open(migrating), log);
				if (owner !== config.DATABASE_URL) await letWork(open(migrating), await loginOf(read));
				if (engine) noteSchema(placeOf(config.DATA_DIR), await schemaOf(read));
			} finally {
				await migrating.raw.end();
			}
		}
	} catch (error) {
		await close();
		throw error;
	}

	const behindWall = !engine && (await hasSecondWall(read));
	const scoped = behindWall ? scopedReads(read, pools.read.forKysely) : () => read;
	if (!engine && config.DATABASE_READ_URL) {
		const connection = {
			connectionString: config.DATABASE_READ_URL,
			...limits('replica', 6, storageRules.statement),
		};
		replicaPool = openPool({ connection, onUp: () => undefined, onDown: () => undefined });
		const replica = open(replicaPool);
		heavy = followReplica({
			...{ primary: read, replica, log },
			scoped: { primary: scoped, replica: behindWall ? scopedReads(replica, replicaPool.forKysely) : () => replica },
			isWalled: async () => !behindWall || (await hasSecondWall(replica)),
		});
	}
	const { heavy: ask, replica } = heavy ?? primaryOnly(scoped);
	return {
		tier: engine ? 'embedded' : 'server',
		get durability() {
			return engine ? engine.durability : 'server';
		},
		read,
		hasSecondWall: behindWall,
		scoped,
		heavy: ask,
		replica,
		ingest: open(pools.ingest),
		alarm: open(pools.alarm),
		quickly: quickTransactions(pools.quick.forKysely),
		...(engine ? {} : { copyPool: pools.ingest.raw }),
		get connection() {
			return target(config, engine);
		},
		waiting: () => ({
			read: pools.read.raw.waitingCount,
			ingest: pools.ingest.raw.waitingCount,
			alarm: pools.alarm.raw.waitingCount,
		}),
		isUp: health.isUp,
		close,
	};
}

async function loginOf(db: Db): Promise<string> {
	const { rows } = await sql<{ login: string }>`select current_user as login`.execute(db);
	return rows[0]!.login;
}

function target({ DATABASE_URL }: Pick<Config, 'DATABASE_URL'>, engine: EmbeddedEngine | undefined): pg.PoolConfig {
	if (!engine) return { connectionString: DATABASE_URL };
	return { ...engine.address(), user: 'postgres', database: 'postgres', ssl: false };
}

function limits(name: string, max: number, statement: Rule): pg.PoolConfig {
	return {
		max,
		application_name: `sitewatch ${name}`,
		connectionTimeoutMillis: ms(storageRules.connect),
		statement_timeout: ms(statement),
		query_timeout: ms(statement) + ms(storageRules.answerMargin),
		lock_timeout: Math.min(ms(storageRules.lock), ms(statement)),
		idle_in_transaction_session_timeout: ms(storageRules.idleInTransaction),
		keepAlive: true,
		keepAliveInitialDelayMillis: 10_000,
		// Compiling a question costs more than it saves in one that is answered in milliseconds.
		options: '-c TimeZone=UTC -c DateStyle=ISO,YMD -c jit=off',
	};
}
