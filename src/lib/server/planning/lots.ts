// The hashes of a draw, as node makes them.

import { createHash } from 'node:crypto';
import { commitmentText, drawLots, ticketText, type DrawOutcome, type DrawPool } from '#lib/domain/planning/draw.ts';

export const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

export const commitmentOf = (seed: string, pool: DrawPool) => sha256(commitmentText(seed, pool));

export const drawWith = (seed: string, pool: DrawPool): DrawOutcome | undefined =>
	drawLots(pool, (kind, id) => sha256(ticketText(seed, kind, id)));

export type DrawCheck = { ok: true } | { ok: false; what: 'commitment' | 'sites' | 'teams' };

/** Whether a draw is what its commitment promised. */
export function checkDraw(draw: { seed: string; commitment: string; pool: DrawPool; outcome: DrawOutcome }): DrawCheck {
	if (commitmentOf(draw.seed, draw.pool) !== draw.commitment) return { ok: false, what: 'commitment' };
	const again = drawWith(draw.seed, draw.pool);
	if (String(again?.sites) !== String(draw.outcome.sites)) return { ok: false, what: 'sites' };
	return JSON.stringify(again?.teams) === JSON.stringify(draw.outcome.teams)
		? { ok: true }
		: { ok: false, what: 'teams' };
}
