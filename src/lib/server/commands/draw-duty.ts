// A random duty check: which sites are asked is drawn by a seed whose hash is kept beside it, so that anybody can draw it
// again and see that nobody was chosen. The sites answer by a link, with place and photo.

import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { floodRules } from '#db/rules/flood.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { nameOf } from '#lib/domain/access/principal.ts';
import { SYSTEM } from '#lib/domain/access/scope.ts';
import { distanceM, type LngLat } from '#lib/domain/geo.ts';
import { seeded } from '#lib/domain/random.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { asLngLat, fromLngLat } from '../db/geo.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents } from '../events/log.ts';
import { keepPhoto, linkHash, photoType } from '../flood/site-link.ts';
import { floodSites } from '../repositories/flood-site.ts';

export type DrawDuty =
	{ ok: true; drawId: string; events: EventMessage[] } | { ok: false; reason: 'forbidden' | 'no-site' };

export async function drawDuty(db: Db, caller: Caller): Promise<DrawDuty> {
	const { principal, now } = caller;
	if (!authorize(principal, 'flood:direct').ok) return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx): Promise<DrawDuty> => {
		const pool = (await floodSites(tx, SYSTEM)).filter(({ state }) => state === 'active');
		if (pool.length === 0) return { ok: false, reason: 'no-site' };
		const seed = randomBytes(16).toString('hex');
		const drawn = seeded(seed).shuffled(pool).slice(0, floodRules.dutyDraw.value);
		const drawId = randomUUID();
		await tx
			.insertInto('duty_draw')
			.values({
				id: drawId,
				drawn_at: now,
				drawn_by: nameOf(principal),
				seed,
				seed_hash: createHash('sha256').update(seed).digest('hex'),
				pool: pool.length,
			})
			.execute();
		await tx
			.insertInto('duty_check')
			.values(
				drawn.map(({ id }, position) => {
					const link = randomBytes(18).toString('base64url');
					return {
						id: randomUUID(),
						draw_id: drawId,
						site_id: id,
						position,
						link_hash: linkHash(link),
						link,
						asked_at: now,
						answer_by: new Date(+now + floodRules.dutyAnswerS.value * 1000),
					};
				}),
			)
			.execute();
		const events = await appendEvents(tx, [
			{
				at: now,
				type: 'flood:ledger',
				subject: { kind: 'dutyDraw', id: drawId },
				data: { what: 'drawn', sites: drawn.length },
			},
		]);
		await audit(tx, {
			...signedBy(caller),
			action: 'flood:direct',
			object: `duty draw ${drawId}`,
			detail: { sites: drawn.map(({ id }) => id), pool: pool.length },
			outcome: 'done',
		});
		return { ok: true, drawId, events };
	});
}

export type AnswerDuty =
	| { ok: true; result: 'present' | 'away'; distanceM: number | null; events: EventMessage[] }
	| { ok: false; reason: 'unknown-link' | 'answered' | 'late' };

/** Somebody on duty answers. Without a place he counts as present, and the list says that the place is not known. */
export async function answerDuty(
	db: Db,
	token: string,
	answer: { byName: string; at: LngLat | null },
	photo: Uint8Array | null,
	from: { address: string | null; now: Date },
): Promise<AnswerDuty> {
	const { now } = from;
	const kind = photo ? photoType(photo) : null;
	return transaction(db, async (tx): Promise<AnswerDuty> => {
		const check = await tx
			.selectFrom('duty_check')
			.innerJoin('site', 'site.id', 'duty_check.site_id')
			.select(['duty_check.id', 'site_id', 'answer_by', 'result', 'town_code', asLngLat('site.location').as('at')])
			.where('link_hash', '=', linkHash(token))
			.executeTakeFirst();
		if (!check) return { ok: false, reason: 'unknown-link' };
		if (check.result !== 'open') return { ok: false, reason: 'answered' };
		if (check.answer_by < now) return { ok: false, reason: 'late' };
		const away = answer.at ? distanceM(answer.at, check.at) : null;
		const result = away !== null && away > floodRules.dutyNearM.value ? 'away' : 'present';
		await tx
			.updateTable('duty_check')
			.set({
				result,
				answered_at: now,
				answered_name: answer.byName,
				location: answer.at ? fromLngLat(answer.at) : null,
				distance_m: away,
				photo_id: photo && kind ? await keepPhoto(tx, photo, kind, now) : null,
				link: null,
			})
			.where('id', '=', check.id)
			.execute();
		const place = { siteId: check.site_id, ...(check.town_code ? { townCode: check.town_code } : {}) };
		const events = await appendEvents(tx, [
			{
				at: now,
				type: 'flood:ledger',
				subject: { kind: 'site', id: check.site_id, ...place },
				data: { what: 'duty', result },
			},
		]);
		await audit(tx, {
			...{ at: now, actor: `link:${check.id}`, actorKind: 'site', address: from.address },
			action: 'flood:answer',
			object: `duty check ${check.id}`,
			detail: { result },
			outcome: 'done',
		});
		return { ok: true, result, distanceM: away, events };
	});
}
