// A replica that follows the primary, for heavy questions whose answer may be a little old: how far behind it is, and when
// it is not asked. How old it is, is measured by where the primary's log stood when; a primary at rest is not taken for a
// replica that lags. Whoever asks here says so by name (`databases.heavy`); everything else is asked of the primary, where
// what somebody has just written stands.

import { setTimeout as sleep } from 'node:timers/promises';
import { sql } from 'kysely';
import { storageRules } from '#db/rules/storage.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { Fault } from '../errors.ts';
import type { Db } from './connection.ts';

/** `lately`: as old as `storageRules.replicaLag` at most. `upToNow`: with everything committed before it was asked. */
export type Freshness = 'lately' | 'upToNow';

export interface ReplicaState {
	/** `behind` and `away`: the primary answers instead. */
	state: 'none' | 'follows' | 'behind' | 'away';
	/** Seconds the replica is behind; null while nobody knows. */
	lagS: number | null;
	/** Why it is away. */
	why: string | null;
}

export interface HeavyReads {
	/** Asks the replica, or the primary while there is none that is fresh enough. Asked again when the replica breaks off. */
	heavy<T>(scope: Scope, freshness: Freshness, ask: (db: Db) => Promise<T>): Promise<T>;
	replica(): ReplicaState;
}

export interface ReplicaParts {
	primary: Db;
	replica: Db;
	/** Questions in somebody's name, there and here. */
	scoped: { primary: (scope: Scope) => Db; replica: (scope: Scope) => Db };
	/** Whether the login of the replica can step behind the second wall, where the primary has one. */
	isWalled: () => Promise<boolean>;
	log: (line: string) => void;
}

/** How it stands, in a few words: `behind 12.0 s`, `away (…)`. */
export function standOf({ state, lagS, why }: ReplicaState): string {
	return `${state}${lagS === null ? '' : ` ${lagS.toFixed(1)} s`}${why ? ` (${why})` : ''}`;
}

/** Without a replica. */
export function primaryOnly(scoped: (scope: Scope) => Db): HeavyReads {
	return {
		heavy: (scope, _freshness, ask) => ask(scoped(scope)),
		replica: () => ({ state: 'none', lagS: null, why: null }),
	};
}

const ms = ({ value }: { value: number }): number => value * 1000;
const POLL_MS = 50;
/** Marks of the primary's log that are remembered: the longest lag that is told exactly. */
const MARKS = 600;

export function followReplica(parts: ReplicaParts): HeavyReads & { stop(): void } {
	const { primary, replica, scoped, log } = parts;
	/** Where the primary's log stood when, oldest first. */
	let marks: { at: number; atMs: number }[] = [];
	let now: ReplicaState = { state: 'away', lagS: null, why: 'not asked yet' };
	let isStopped = false;

	function tell(next: ReplicaState): void {
		if (next.state !== now.state && !isStopped) log(`只读副本 · read replica: ${standOf(next)}`);
		now = next;
	}

	async function logOf(db: Db): Promise<number> {
		const { rows } = await sql<{ at: number }>`
			select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as at`.execute(db);
		return rows[0]!.at;
	}

	/** @returns how far it has replayed. @throws Error when it is no replica of this primary */
	async function replayed(): Promise<number> {
		const { rows } = await sql<{ at: number | null; follows: boolean; id: string }>`
			select pg_wal_lsn_diff(pg_last_wal_replay_lsn(), '0/0')::float8 as at, pg_is_in_recovery() as follows,
				(select system_identifier::text from pg_control_system()) as id`.execute(replica);
		const { at, follows, id } = rows[0]!;
		if (!follows || at === null) throw new Error('DATABASE_READ_URL names a database that follows nobody');
		if (id !== (await identity())) throw new Error('DATABASE_READ_URL follows another database');
		return at;
	}

	let known: string | undefined;
	async function identity(): Promise<string> {
		if (known !== undefined) return known;
		const { rows } = await sql<{ id: string }>`
			select system_identifier::text as id from pg_control_system()`.execute(primary);
		return (known = rows[0]!.id);
	}

	async function look(): Promise<void> {
		try {
			const atMs = performance.now();
			marks = [...marks, { at: await logOf(primary), atMs }].slice(-MARKS);
			const at = await replayed();
			if (now.state === 'away' && !(await parts.isWalled()))
				throw new Error('the login of DATABASE_READ_URL may not step behind the second wall');
			const reached = marks.findLast((mark) => mark.at <= at);
			const lagS = (performance.now() - (reached ?? marks[0]!).atMs) / 1000;
			const isFresh = reached !== undefined && lagS <= storageRules.replicaLag.value;
			tell({ state: isFresh ? 'follows' : 'behind', lagS, why: null });
		} catch (error) {
			tell({ state: 'away', lagS: null, why: error instanceof Error ? error.message : String(error) });
		}
	}

	let timer: NodeJS.Timeout | undefined;
	async function watch(): Promise<void> {
		await look();
		if (!isStopped) timer = setTimeout(() => void watch(), ms(storageRules.replicaAsk)).unref();
	}
	const first = watch();

	/** Whether the replica has everything that is committed now, or has it within a moment. */
	async function catchesUp(): Promise<boolean> {
		const until = performance.now() + ms(storageRules.replicaWait);
		const wanted = await logOf(primary);
		do {
			if ((await replayed()) >= wanted) return true;
			await sleep(POLL_MS);
		} while (performance.now() < until);
		return false;
	}

	return {
		async heavy(scope, freshness, ask) {
			const here = () => ask(scoped.primary(scope));
			await first;
			if (now.state !== 'follows') return here();
			try {
				if (freshness === 'upToNow' && !(await catchesUp())) return await here();
				return await ask(scoped.replica(scope));
			} catch (error) {
				if (!isOfReplica(error)) throw error;
				tell({ state: 'away', lagS: null, why: (error as Error).message });
				return here();
			}
		},
		replica: () => now,
		stop() {
			isStopped = true;
			clearTimeout(timer);
		},
	};
}

/** Whether the primary may still answer: not a question that took too long, it would take as long there. */
function isOfReplica(error: unknown): boolean {
	const { code, message } = ((error instanceof Fault && error.cause) || error) as { code?: string; message?: string };
	if (code === '57014' || message === 'Query read timeout') return false;
	// 40001: what it read was cleared away on the primary meanwhile.
	return (error instanceof Fault && error.code === 'database-down') || code === '40001';
}
