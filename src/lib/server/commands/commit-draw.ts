// Commits a draw: who may be drawn is fixed, a seed is made that nobody sees, and its hash is published with a number
// that cannot be skipped.

import { randomBytes, randomUUID } from 'node:crypto';
import type { DrawWish } from '#lib/contract/patrol.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize, scopeOf } from '#lib/domain/access/authorize.ts';
import { nameOf } from '#lib/domain/access/principal.ts';
import type { DrawPool } from '#lib/domain/planning/draw.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { candidatesOf, dayRefusal } from '../planning/make-plan.ts';
import { commitmentOf } from '../planning/lots.ts';
import { activeOfficers, officersOut } from '../repositories/officer.ts';
import { insertDraw } from '../repositories/patrol-draw.ts';

export type CommitDraw =
	| { ok: true; id: string; no: number; commitment: string; events: EventMessage[] }
	| { ok: false; reason: 'forbidden' | 'pool-too-small' | 'day-is-over' | 'too-far-ahead' };

export async function commitDraw(db: Db, caller: Caller, wish: DrawWish): Promise<CommitDraw> {
	const { principal, now } = caller;
	if (!authorize(principal, 'patrol:plan').ok) return { ok: false, reason: 'forbidden' };
	const day = dayRefusal(wish.on, now);
	if (day) return { ok: false, reason: day };
	const ask = {
		on: wish.on,
		template: 'unannounced' as const,
		name: '',
		teams: wish.teams,
		officers: [],
		towns: wish.towns,
	};
	const candidates = (await candidatesOf(db, scopeOf(principal), ask, now)).filter(
		({ due, plannedOn }) =>
			plannedOn === null &&
			(due.quiet === null || due.quiet.value <= wish.on) &&
			(wish.grades.length === 0 || wish.grades.includes(due.grading.grade)),
	);
	const out = await officersOut(db, wish.on);
	const officers = (await activeOfficers(db)).filter(
		({ id, certificateUntil }) => certificateUntil !== null && certificateUntil >= wish.on && !out.has(id),
	);
	const pool: DrawPool = {
		sites: candidates.map(({ siteId }) => siteId).sort(),
		officers: officers.map(({ id }) => id).sort(),
		count: wish.count,
		teams: wish.teams,
		avoids: [],
		filter: [...wish.grades, ...wish.towns].join('、'),
	};
	if (pool.sites.length < wish.count || pool.officers.length < wish.teams * 2)
		return { ok: false, reason: 'pool-too-small' };
	const seed = randomBytes(32).toString('hex');
	const draw = {
		id: randomUUID(),
		on: wish.on,
		purpose: wish.purpose,
		seed,
		commitment: commitmentOf(seed, pool),
		pool,
	};
	return transaction(db, async (tx): Promise<CommitDraw> => {
		const no = await insertDraw(tx, draw, now, nameOf(principal));
		const detail = { draw: no, commitment: draw.commitment, sites: pool.sites.length, officers: pool.officers.length };
		await audit(tx, { ...signedBy(caller), action: 'patrol:plan', object: `draw ${draw.id}`, detail, outcome: 'done' });
		return { ok: true, id: draw.id, no, commitment: draw.commitment, events: [] };
	});
}
