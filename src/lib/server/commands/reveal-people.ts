// Shows the people of sites unmasked to somebody who sees them masked, for a reason. Who read whose names, on which sheet
// and why stands in the audit trail before the answer leaves.

import type { RevealRequest, SitePeople } from '#lib/contract/people.ts';
import { authorize, scopeOf } from '#lib/domain/access/authorize.ts';
import type { Scope } from '#lib/domain/access/scope.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { peopleOfSites, sitesToReveal } from '../repositories/site-people.ts';

export type RevealPeople = { ok: true; people: SitePeople[] } | { ok: false; reason: 'forbidden' | 'not-found' };

/** All of the sites or none: one that is not there, or not in the own area, refuses the whole. */
export async function revealPeople(db: Db, caller: Caller, request: RevealRequest): Promise<RevealPeople> {
	const { principal } = caller;
	const wanted = [...new Set(request.sites)];
	const object = wanted.length === 1 ? `site ${wanted[0]}` : `${wanted.length} sites`;
	const detail = { sheet: request.sheet, reason: request.reason, ...(wanted.length > 1 && { sites: wanted }) };
	return transaction(db, async (tx): Promise<RevealPeople> => {
		const places = await sitesToReveal(tx, scopeOf(principal), wanted);
		const refusal =
			places.length < wanted.length
				? 'not-found'
				: places.every((place) => authorize(principal, 'personal:reveal', place).ok)
					? undefined
					: 'forbidden';
		const people = refusal ? [] : await peopleOfSites(tx, withPeople(scopeOf(principal)), wanted);
		const outcome = refusal ? 'denied' : 'done';
		await audit(tx, { ...signedBy(caller), action: 'personal:reveal', object, detail, outcome });
		return refusal ? { ok: false, reason: refusal } : { ok: true, people };
	});
}

const withPeople = (scope: Scope): Scope =>
	scope.kind === 'system' ? scope : { ...scope, layers: [...scope.layers, 'personal'] };
