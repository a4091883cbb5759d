// Makes rounds of coverage: those of a year with its holidays, a campaign; and proposes a key period that shortens the
// intervals while it lasts, which a leader switches on as any other change of the coverage rules.

import { randomUUID } from 'node:crypto';
import { roundCalendars } from '#db/rules/coverage.ts';
import { seasonDates } from '#db/rules/season.ts';
import type { KeyPeriodWish, RoundWish } from '#lib/contract/coverage.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { calledBy, nameOf } from '#lib/domain/access/principal.ts';
import { dateKeyOf, valuesOf } from '#lib/domain/coverage/dates.ts';
import { roundsOfYear } from '#lib/domain/coverage/round.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { appendEvents, type NewEvent } from '../events/log.ts';
import { addKeyPeriod, addRounds, keyPeriodsBetween, roundsBetween } from '../repositories/coverage-round.ts';
import { insertRuleChange } from '../repositories/rule-change.ts';
import type { EventMessage } from '#lib/contract/events.ts';

export type MakeRounds =
	| { ok: true; ids: string[]; events: EventMessage[] }
	| { ok: false; reason: 'forbidden' | 'ends-before-it-begins' | 'campaign-is-there' };

export async function makeRounds(db: Db, caller: Caller, wish: RoundWish): Promise<MakeRounds> {
	const { principal, now } = caller;
	const action = wish.make === 'keyPeriod' ? 'rule:draft' : 'coverage:manage';
	if (!authorize(principal, action).ok) return { ok: false, reason: 'forbidden' };
	const dates = wish.make === 'campaign' ? wish.campaign : wish.make === 'keyPeriod' ? wish.period : undefined;
	if (dates && dates.toOn < dates.fromOn) return { ok: false, reason: 'ends-before-it-begins' };

	return transaction(db, async (tx): Promise<MakeRounds> => {
		const ids = await make(tx, wish, caller);
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
			action,
			object: `round ${ids[0]}`,
			detail,
			outcome: 'done',
		});
		return { ok: true, ids, events };
	});
}

/** @returns nothing where a campaign of that name and those days is there: its sample and checklist stay as they were */
async function make(tx: Db, wish: RoundWish, caller: Caller): Promise<string[] | undefined> {
	const [at, by] = [caller.now, nameOf(caller.principal)];
	switch (wish.make) {
		case 'year':
			return makeYear(tx, wish, at, by);
		case 'campaign': {
			const id = randomUUID();
			const ids = await addRounds(tx, [{ ...wish.campaign, id, kind: 'campaign', looksBackTo: null }], at, by);
			return ids[0] === id ? ids : undefined;
		}
		case 'keyPeriod':
			return [await propose(tx, wish.period, caller)];
	}
}

/** It stands in the list of the rules as a draft, with what the ledger of today would be. */
async function propose(tx: Db, { reason, ...period }: KeyPeriodWish, { principal, now }: Caller): Promise<string> {
	const by = nameOf(principal);
	const id = await addKeyPeriod(tx, { ...period, isProposed: true }, now, by);
	const subject = { kind: 'period', id } as const;
	await insertRuleChange(tx, {
		...{ id: randomUUID(), ruleKey: dateKeyOf(subject), scope: { kind: 'bureau', id: null }, reason },
		values: valuesOf(subject, { days: { from: period.fromOn, to: period.toOn }, isOn: true }),
		...{ validFrom: now, validTo: null, createdAt: now, createdBy: by, createdByName: calledBy(principal) },
	});
	return id;
}

/** What of the year is there already stays as it is: its days are changed as a rule (`domain/coverage/dates`). */
async function makeYear(
	tx: Db,
	{ year, calendar, holidaysFor }: Extract<RoundWish, { make: 'year' }>,
	at: Date,
	by: string,
): Promise<string[]> {
	const span = [`${year}-01-01`, `${year}-12-31`] as const;
	const made = await roundsBetween(tx, ...span);
	const dates = roundsOfYear(year, roundCalendars[calendar]);
	const known = dates.map(({ kind, name }) => made.find((one) => one.kind === kind && one.name === name)?.id);
	const ids = known.map((id) => id ?? randomUUID());
	const rounds = dates.map((round, index) => ({
		...{ ...round, id: ids[index]! },
		looksBackTo: round.looksBackTo === null ? null : ids[round.looksBackTo]!,
	}));
	const missing = rounds.filter((_, index) => !known[index]);
	await addRounds(tx, missing, at, by);
	if (holidaysFor === undefined) return ids;
	const there = (await keyPeriodsBetween(tx, ...span)).filter(({ area }) => area === holidaysFor);
	for (const { name, kind, from, to } of seasonDates(year)) {
		const period = { name: `${year} 年${name}`, kind, fromOn: `${year}-${from}`, toOn: `${year}-${to}` };
		if (!there.some((one) => one.name === period.name))
			await addKeyPeriod(tx, { ...period, area: holidaysFor, isProposed: false }, at, by);
	}
	return ids;
}
