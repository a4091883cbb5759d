// One word that changes whenever the register does: the ETag of the board, and whether it is demonstration data.

import type { Db } from '../db/connection.ts';

/** @param on - day of the grades in the answer; a new day is a new version */
export async function registerVersion(db: Db, on: Date): Promise<{ version: string; isDemo: boolean }> {
	const row = await db
		.selectNoFrom((eb) => [
			eb
				.selectFrom('revision')
				.select((r) => r.fn.max('seq').as('seq'))
				.as('revisions'),
			eb
				.selectFrom('source')
				.select((s) => s.fn.countAll<string>().as('n'))
				.as('sources'),
			eb
				.selectFrom('source')
				.select((s) => s.fn.countAll<string>().as('n'))
				.where('undone_at', 'is not', null)
				.as('undone'),
			eb
				.selectFrom('source')
				.select((s) => s.fn.countAll<string>().as('n'))
				.where('kind', '=', 'demo')
				.where('undone_at', 'is', null)
				.as('demo'),
			eb
				.selectFrom('hazard')
				.select((h) => h.fn.countAll<string>().as('n'))
				.where('closed_at', 'is', null)
				.as('hazards'),
		])
		.executeTakeFirstOrThrow();
	const parts = [row.revisions ?? 0, row.sources, row.undone, row.hazards, on.toISOString().slice(0, 10)];
	return { version: parts.join('-'), isDemo: Number(row.demo ?? 0) > 0 };
}
