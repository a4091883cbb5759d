// What the two pages on which a person proves to be itself have in common: what can be shown, and taking it.

import { placeOf } from './passkey.ts';
import { guesses } from './guesses.ts';
import type { Caller } from './caller.ts';
import { provePerson, type Evidence, type ProvePerson } from '../commands/prove-person.ts';
import type { Db } from '../db/connection.ts';
import { factorsOf } from '../repositories/factor.ts';
import type { Runtime } from '../runtime.ts';

export async function waysToProve(db: Db, personId: string) {
	const { hasTotp, passkeys, recoveryLeft } = await factorsOf(db, personId);
	return { totp: hasTotp, passkey: passkeys.length > 0, recovery: recoveryLeft > 0 };
}

/** Takes what a form of the page sent: `kind` and `value`. */
export function proveByForm(
	{ databases, access }: Runtime,
	caller: Caller,
	sessionId: string,
	form: FormData,
	origin: string,
): Promise<ProvePerson> {
	const value = String(form.get('value') ?? '').slice(0, 300);
	const kind = form.get('kind');
	const evidence: Evidence =
		kind === 'password' ? { kind, password: value } : { kind: kind === 'recovery' ? 'recovery' : 'code', code: value };
	const parts = { vault: access.vault, guesses: guesses(), place: placeOf(origin) };
	return provePerson(databases.ingest, parts, caller, sessionId, evidence);
}
