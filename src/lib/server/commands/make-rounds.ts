// Makes rounds of coverage: those of a year, a campaign, or a key period that shortens the intervals while it lasts.

import { randomUUID } from 'node:crypto';
import { roundCalendars } from '#db/rules/coverage.ts';
import type { RoundWish } from '#lib/contract/coverage.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { nameOf } from '#lib/domain/access/principal.ts';
import { roundsOfYear } from '#lib/domain/coverage/round.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents, type NewEvent } from '../events/log.ts';
import { addKeyPeriod, addRounds } from '../repositories/coverage-round.ts';
import type { EventMessage } from '#lib/contract/events.ts';

export type MakeRounds =
	| { ok: true; ids: string[]; events: EventMessage[] }
	| { ok: false; reason: 'forbidden' | 'ends-before-it-begins' | 'campaign-is-there' };

export async function makeRounds(db: Db, caller: Caller, wish: RoundWish): Promise<MakeRounds> {
	const { principal, now } = caller;
	if (!authorize(principal, 'coverage:manage').ok) return { ok: false, reason: 'forbidden' };
	const dates = wish.make === 'campaign' ? wish.campaign : wish.make === 'keyPeriod' ? wish.period : undefined;
	if (dates && dates.toOn < dates.fromOn) return { ok: false, reason: 'ends-before-it-begins' };
	const by = nameOf(principal);

	return transaction(db, async (tx): Promise<MakeRounds> => {
		const ids = await make(tx, wish, now, by);
		if (!ids) return { ok: false, reason: 'campaign-is-there' };
		const event: NewEvent = {
			at: now,
			type: 'coverage:changed',
			subject: { kind: 'round', id: ids[0]! },
			data: { roundId: ids[0]! },
		};
		const events = await appendEvents(tx, [event]);
		const detail = { make: wish.make, ids: ids.length };
		await audit(tx, {
			...signedBy(caller),
			action: 'coverage:manage',
			object: `round ${ids[0]}`,
			detail,
			outcome: 'done',
		});
		return { ok: true, ids, events };
	});
}

/** @returns nothing where a campaign of that name and those days is there: its sample and checklist stay as they were */
async function make(tx: Db, wish: RoundWish, at: Date, by: string): Promise<string[] | undefined> {
	switch (wish.make) {
		case 'year': {
			const dates = roundsOfYear(wish.year, roundCalendars[wish.calendar]);
			const ids = dates.map(() => randomUUID());
			const rounds = dates.map((round, index) => ({
				...round,
				id: ids[index]!,
				looksBackTo: round.looksBackTo === null ? null : ids[round.looksBackTo]!,
			}));
			// The first of the two rounds may be there already under its own id; the second then looks back at that one.
			const [first] = await addRounds(tx, rounds.slice(0, 1), at, by);
			const rest = rounds.slice(1).map((round) => ({ ...round, looksBackTo: round.looksBackTo && first! }));
			return [first!, ...(await addRounds(tx, rest, at, by))];
		}
		case 'campaign': {
			const id = randomUUID();
			const ids = await addRounds(tx, [{ ...wish.campaign, id, kind: 'campaign', looksBackTo: null }], at, by);
			return ids[0] === id ? ids : undefined;
		}
		case 'keyPeriod':
			return [await addKeyPeriod(tx, wish.period, at, by)];
	}
}
