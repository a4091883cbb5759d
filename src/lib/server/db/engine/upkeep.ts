// What PostgreSQL's background processes do on a server and nobody does in the embedded engine, which has none: writing
// checkpoints, so that its log does not grow for ever and an opening after a crash is quick; and vacuuming.

import { sql } from 'kysely';
import { upkeepRules } from '#db/rules/operations.ts';
import type { Db } from '../connection.ts';

export interface Upkeep {
	/** No checkpoint while something reads the files. */
	pause(): () => void;
	stop(): void;
}

/** @param db - with a deadline of minutes */
export function startUpkeep(db: Db, onFault: (error: unknown) => void): Upkeep {
	let pauses = 0;
	let busy: Promise<void> | undefined;
	const run = (work: () => Promise<void>): void => {
		if (pauses === 0)
			busy ??= work()
				.catch(onFault)
				.finally(() => (busy = undefined));
	};
	const timers = [
		setInterval(() => run(() => checkpoint(db)), upkeepRules.checkpointEvery.value * 1000).unref(),
		setInterval(() => run(() => vacuumAll(db)), upkeepRules.vacuumEvery.value * 1000).unref(),
	];
	return {
		pause() {
			pauses += 1;
			let isOver = false;
			return () => {
				if (!isOver) pauses -= 1;
				isOver = true;
			};
		},
		stop: () => timers.forEach(clearInterval),
	};
}

export async function checkpoint(db: Db): Promise<void> {
	await sql`checkpoint`.execute(db);
}

/** Table by table, so that others get their turn between. */
export async function vacuumAll(db: Db): Promise<void> {
	const { rows } = await sql<{ name: string }>`
		select relname as name from pg_stat_user_tables
		where schemaname = 'public' and (n_dead_tup > 1000 or n_mod_since_analyze > 1000)
		order by relname`.execute(db);
	for (const { name } of rows) await sql`vacuum (analyze) ${sql.table(name)}`.execute(db);
}
