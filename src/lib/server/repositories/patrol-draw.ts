// Draws by lot: committed, drawn, revealed. The seed is in the row and leaves it only through `drawView`.

import { sql } from 'kysely';
import type { DrawView } from '#lib/contract/patrol.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { dayAfter, momentOfMinute } from '#lib/domain/day.ts';
import type { DrawOutcome, DrawPool } from '#lib/domain/planning/draw.ts';
import type { Db } from '../db/connection.ts';
import { hasAllSitesIn } from '../db/scope.ts';

export interface StoredDraw {
	id: string;
	no: number;
	on: string;
	purpose: string;
	seed: string;
	commitment: string;
	pool: DrawPool;
	outcome: DrawOutcome | null;
	committedAt: Date;
	drawnAt: Date | null;
	revealedAt: Date | null;
	planId: string | null;
}

export async function insertDraw(
	db: Db,
	draw: Pick<StoredDraw, 'id' | 'on' | 'purpose' | 'seed' | 'commitment' | 'pool'>,
	at: Date,
	by: string,
): Promise<number> {
	const { no } = await db
		.insertInto('patrol_draw')
		.values({
			id: draw.id,
			plan_on: draw.on,
			purpose: draw.purpose,
			seed: draw.seed,
			commitment: draw.commitment,
			pool: JSON.stringify(draw.pool),
			committed_at: at,
			committed_by: by,
		})
		.returning('no')
		.executeTakeFirstOrThrow();
	return no;
}

const withPlan = (db: Db) =>
	db
		.selectFrom('patrol_draw')
		.leftJoin('patrol_plan', 'patrol_plan.draw_id', 'patrol_draw.id')
		.selectAll('patrol_draw')
		.select('patrol_plan.id as plan_id');

const SITES_IN_POT = sql`select jsonb_path_query(patrol_draw.pool, '$.sites[*]')`;

/** A draw all of whose pot is in scope. */
export async function drawById(db: Db, scope: Scope, id: string): Promise<StoredDraw | undefined> {
	const row = await withPlan(db)
		.where('patrol_draw.id', '=', id)
		.where(hasAllSitesIn(scope, SITES_IN_POT))
		.executeTakeFirst();
	return row && fromRow(row);
}

/** The newest draws, abandoned ones included: whoever commits again and again until he likes it is seen. */
export async function newestDraws(db: Db, scope: Scope, limit: number): Promise<StoredDraw[]> {
	const rows = await withPlan(db)
		.where(hasAllSitesIn(scope, SITES_IN_POT))
		.orderBy('patrol_draw.no', 'desc')
		.limit(limit)
		.execute();
	return rows.map(fromRow);
}

/** @returns false when it had been drawn before */
export async function markDrawn(db: Db, id: string, outcome: DrawOutcome, at: Date): Promise<boolean> {
	const { numUpdatedRows } = await db
		.updateTable('patrol_draw')
		.set({ outcome: JSON.stringify(outcome), drawn_at: at })
		.where('id', '=', id)
		.where('drawn_at', 'is', null)
		.executeTakeFirst();
	return numUpdatedRows === 1n;
}

export async function markRevealed(db: Db, id: string, at: Date): Promise<void> {
	await db
		.updateTable('patrol_draw')
		.set({ revealed_at: at })
		.where('id', '=', id)
		.where('revealed_at', 'is', null)
		.execute();
}

/**
 * What everybody may know of a draw: until it is revealed neither the seed nor what was drawn. It is revealed when the
 * last team sets out, and with the end of its day where one never did.
 *
 * @param names - of what was drawn, as `drawnNames` finds them
 */
export function drawView(draw: StoredDraw, now: Date, names: ReadonlyMap<string, string> = new Map()): DrawView {
	const endOfDay = momentOfMinute(`${dayAfter(draw.on, 1)}T00:00`);
	const revealedAt = draw.revealedAt ?? (draw.drawnAt && now >= endOfDay ? endOfDay : null);
	const isRevealed = revealedAt !== null;
	const outcome = isRevealed ? draw.outcome : null;
	const drawn = outcome ? [...outcome.sites, ...outcome.teams.flat()] : [];
	return {
		id: draw.id,
		no: draw.no,
		on: draw.on,
		purpose: draw.purpose,
		commitment: draw.commitment,
		pool: draw.pool,
		committedAt: draw.committedAt.toISOString(),
		drawnAt: draw.drawnAt?.toISOString() ?? null,
		revealedAt: revealedAt?.toISOString() ?? null,
		seed: isRevealed ? draw.seed : null,
		outcome,
		names: Object.fromEntries(drawn.flatMap((id) => (names.has(id) ? [[id, names.get(id)!]] : []))),
		planId: draw.planId,
	};
}

/** Names of all that was drawn, by id, whether it is still there or not. */
export async function drawnNames(db: Db, draws: readonly StoredDraw[]): Promise<ReadonlyMap<string, string>> {
	const ids = draws.flatMap(({ outcome }) => (outcome ? [...outcome.sites, ...outcome.teams.flat()] : []));
	const rows = await db
		.selectFrom('site')
		.select(['id', 'name'])
		.where(sql<boolean>`id = any(${ids}::uuid[])`)
		.unionAll(
			db
				.selectFrom('officer')
				.select(['id', 'name'])
				.where(sql<boolean>`id = any(${ids}::uuid[])`),
		)
		.execute();
	return new Map(rows.map(({ id, name }) => [id, name]));
}

function fromRow(row: {
	id: string;
	no: number;
	plan_on: string;
	purpose: string;
	seed: string;
	commitment: string;
	pool: unknown;
	outcome: unknown;
	committed_at: Date;
	drawn_at: Date | null;
	revealed_at: Date | null;
	plan_id: string | null;
}): StoredDraw {
	return {
		id: row.id,
		no: row.no,
		on: row.plan_on,
		purpose: row.purpose,
		seed: row.seed,
		commitment: row.commitment,
		pool: row.pool as DrawPool,
		outcome: row.outcome as DrawOutcome | null,
		committedAt: row.committed_at,
		drawnAt: row.drawn_at,
		revealedAt: row.revealed_at,
		planId: row.plan_id,
	};
}
