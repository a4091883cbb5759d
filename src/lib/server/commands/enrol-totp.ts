// Enrols an authenticator app: a secret to scan, confirmed by a code of it. With the first factor come recovery codes.

import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import { hashOfCode, newRecoveryCodes } from '../auth/recovery-codes.ts';
import { newTotpSecret, stepOfCode, totpUri } from '../auth/totp.ts';
import type { Vault } from '../auth/vault.ts';
import { strengthenSession, type SessionToken } from '../auth/session.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { factorsOf, lockTotp, noteTotpStep, putTotp, setRecoveryCodes } from '../repositories/factor.ts';
import { personById } from '../repositories/person.ts';
import { noteProof } from '../repositories/session.ts';

/** As authenticators show it. */
const ISSUER = '工地瞭望';

export type BeginTotp = { ok: true; secret: string; uri: string } | { ok: false; reason: 'forbidden' | 'enrolled' };

/** A secret that is not confirmed may be replaced; a confirmed one is taken away first. */
export async function beginTotp(db: Db, vault: Vault, caller: Caller): Promise<BeginTotp> {
	const { principal } = caller;
	if (principal.kind !== 'person' || principal.pending === 'second-factor') return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx) => {
		const person = await personById(tx, principal.id);
		if (!person || person.isDemo) return { ok: false, reason: 'forbidden' };
		if ((await lockTotp(tx, person.id))?.confirmedAt) return { ok: false, reason: 'enrolled' };
		const secret = newTotpSecret();
		await putTotp(tx, person.id, vault.seal(secret, person.id));
		return { ok: true, secret, uri: totpUri(secret, person.login, ISSUER) };
	});
}

export type ConfirmTotp =
	| { ok: true; /** Shown once; only with the first factor. */ recoveryCodes: string[]; session: SessionToken | null }
	| { ok: false; reason: 'forbidden' | 'not-begun' }
	/** The secret stays: a slip of the finger needs no second scan. */
	| { ok: false; reason: 'wrong'; secret: string; uri: string };

export async function confirmTotp(
	db: Db,
	vault: Vault,
	caller: Caller,
	sessionId: string,
	code: string,
): Promise<ConfirmTotp> {
	const { principal, now } = caller;
	if (principal.kind !== 'person' || principal.pending === 'second-factor') return { ok: false, reason: 'forbidden' };
	return transaction(db, async (tx) => {
		const totp = await lockTotp(tx, principal.id);
		if (!totp || totp.confirmedAt) return { ok: false, reason: 'not-begun' };
		const secret = vault.open(totp.secret, principal.id);
		const step = stepOfCode(secret, code, now, totp.lastStep);
		if (step === undefined) {
			const login = (await personById(tx, principal.id))?.login ?? principal.name;
			return { ok: false, reason: 'wrong', secret, uri: totpUri(secret, login, ISSUER) };
		}
		const isFirst = (await factorsOf(tx, principal.id)).recoveryLeft === 0;
		await noteTotpStep(tx, principal.id, step, now);
		const recoveryCodes = isFirst ? newRecoveryCodes() : [];
		if (isFirst) await setRecoveryCodes(tx, principal.id, recoveryCodes.map(hashOfCode));
		const session = principal.pending ? await strengthenSession(tx, sessionId, now) : null;
		if (!principal.pending) await noteProof(tx, sessionId, now, true);
		const detail = { factor: 'totp', codes: recoveryCodes.length };
		const entry = { action: 'factor:enrol', object: `person ${principal.id}`, detail, outcome: 'done' } as const;
		await audit(tx, { ...signedBy(caller), ...entry });
		return { ok: true, recoveryCodes, session };
	});
}
