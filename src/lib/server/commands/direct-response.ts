// Another body has declared or ended an emergency response level. It is its own object: no signal begins or ends it.

import { floodRules } from '#db/rules/flood.ts';
import type { DeclareResponse } from '#lib/contract/flood-entry.ts';
import type { EventMessage } from '#lib/contract/events.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { nameOf } from '#lib/domain/access/principal.ts';
import { eventName } from '#lib/domain/flood/event-name.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents } from '../events/log.ts';
import { addResponse, endResponse, eventForChange, logFlood } from '../repositories/flood-response.ts';

export type DirectResponse =
	{ ok: true; id: string; events: EventMessage[] } | { ok: false; reason: 'forbidden' | 'not-found' | 'future' };

export async function declareResponse(db: Db, caller: Caller, wish: DeclareResponse): Promise<DirectResponse> {
	const { principal, now } = caller;
	if (!authorize(principal, 'flood:direct').ok) return { ok: false, reason: 'forbidden' };
	const beganAt = wish.beganAt ? new Date(wish.beganAt) : now;
	if (beganAt.getTime() > now.getTime() + SLACK_MS) return { ok: false, reason: 'future' };
	return transaction(db, async (tx) => {
		const event = await eventForChange(tx, eventName(beganAt, floodRules.seasons.zone), beganAt);
		const by = nameOf(principal);
		const id = await addResponse(tx, { ...wish, beganAt, by, eventId: event.id });
		const facts = { level: wish.level, issuer: wish.issuer };
		await logFlood(tx, [{ eventId: event.id, at: beganAt, kind: 'responseBegun', actor: by, facts }]);
		const events = await appendEvents(tx, [
			{
				at: now,
				type: 'flood:response',
				subject: { kind: 'response', id },
				data: { level: wish.level, state: 'begun' },
			},
		]);
		await audit(tx, {
			...signedBy(caller),
			action: 'flood:direct',
			object: `response ${id}`,
			detail: wish,
			outcome: 'done',
		});
		return { ok: true, id, events };
	});
}

export async function endResponseLevel(db: Db, caller: Caller, id: string): Promise<DirectResponse> {
	const { principal, now } = caller;
	if (!authorize(principal, 'flood:direct').ok) return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx): Promise<DirectResponse> => {
		const by = nameOf(principal);
		const level = await endResponse(tx, id, now, by);
		if (!level) return { ok: false, reason: 'not-found' };
		const event = await eventForChange(tx, eventName(now, floodRules.seasons.zone), now);
		await logFlood(tx, [{ eventId: event.id, at: now, kind: 'responseEnded', actor: by, facts: { level } }]);
		const events = await appendEvents(tx, [
			{ at: now, type: 'flood:response', subject: { kind: 'response', id }, data: { level, state: 'ended' } },
		]);
		await audit(tx, {
			...signedBy(caller),
			action: 'flood:direct',
			object: `response ${id}`,
			detail: { ended: level },
			outcome: 'done',
		});
		return { ok: true, id, events };
	});
}

const SLACK_MS = 60_000;
