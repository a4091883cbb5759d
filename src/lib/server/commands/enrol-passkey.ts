// Enrols a passkey: a challenge for the browser, and its answer.

import type { PublicKeyCredentialCreationOptionsJSON } from '@simplewebauthn/server';
import { signInRules } from '#db/rules/access.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import { acceptEnrolment, enrolOptions, type Place } from '../auth/passkey.ts';
import { hashOfCode, newRecoveryCodes } from '../auth/recovery-codes.ts';
import { sha256 } from '../auth/secret.ts';
import { strengthenSession, type SessionToken } from '../auth/session.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { addPasskey, factorsOf, passkeysOf, setRecoveryCodes } from '../repositories/factor.ts';
import { personById } from '../repositories/person.ts';
import { noteProof } from '../repositories/session.ts';
import { addAttempt, takeAttempt } from '../repositories/sign-in-attempt.ts';

const KIND = 'passkey-enrol';
const MOST = 10;

export type BeginPasskey =
	{ ok: true; options: PublicKeyCredentialCreationOptionsJSON } | { ok: false; reason: 'forbidden' | 'too-many' };

export async function beginPasskey(db: Db, caller: Caller, sessionId: string, place: Place): Promise<BeginPasskey> {
	const { principal, now } = caller;
	if (principal.kind !== 'person' || principal.pending === 'second-factor') return { ok: false, reason: 'forbidden' };
	const person = await personById(db, principal.id);
	if (!person || person.isDemo) return { ok: false, reason: 'forbidden' };
	const have = await passkeysOf(db, person.id);
	if (have.length >= MOST) return { ok: false, reason: 'too-many' };
	const options = await enrolOptions(place, person, have);
	const expiresAt = new Date(now.getTime() + signInRules.passkeyAttempt.value * 1000);
	const kept = { challenge: options.challenge };
	await addAttempt(
		db,
		sha256(options.challenge),
		{ kind: KIND, browserSha256: sha256(sessionId), kept, expiresAt },
		now,
	);
	return { ok: true, options };
}

export type AddPasskey =
	| { ok: true; recoveryCodes: string[]; session: SessionToken | null }
	| { ok: false; reason: 'forbidden' | 'unknown-attempt' | 'not-accepted' };

export async function finishPasskey(
	db: Db,
	caller: Caller,
	sessionId: string,
	place: Place,
	answer: { challenge: string; name: string; response: unknown },
): Promise<AddPasskey> {
	const { principal, now } = caller;
	if (principal.kind !== 'person' || principal.pending === 'second-factor') return { ok: false, reason: 'forbidden' };
	const kept = await takeAttempt(db, sha256(answer.challenge), KIND, sha256(sessionId), now);
	if (!kept) return { ok: false, reason: 'unknown-attempt' };
	const key = await acceptEnrolment(place, kept['challenge'] ?? '', answer.response);
	if (!key) return { ok: false, reason: 'not-accepted' };
	return transaction(db, async (tx) => {
		const isFirst = (await factorsOf(tx, principal.id)).recoveryLeft === 0;
		const name = answer.name.trim().slice(0, 60) || 'passkey';
		await addPasskey(tx, { ...key, personId: principal.id, name, createdAt: now });
		const recoveryCodes = isFirst ? newRecoveryCodes() : [];
		if (isFirst) await setRecoveryCodes(tx, principal.id, recoveryCodes.map(hashOfCode));
		const session = principal.pending ? await strengthenSession(tx, sessionId, now) : null;
		if (!principal.pending) await noteProof(tx, sessionId, now, true);
		const detail = { factor: 'passkey', name, codes: recoveryCodes.length };
		const entry = { action: 'factor:enrol', object: `person ${principal.id}`, detail, outcome: 'done' } as const;
		await audit(tx, { ...signedBy(caller), ...entry });
		return { ok: true, recoveryCodes, session };
	});
}
