// Proof that the person at the keyboard is the one the session belongs to: the second factor at sign-in, and once more
// before roles, keys and walls are given.

import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { signInRules } from '#db/rules/access.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import type { Guesses } from '../auth/guesses.ts';
import { passwordMatches } from '../auth/password.ts';
import { acceptProof, proveOptions, type Place } from '../auth/passkey.ts';
import { hashOfCode } from '../auth/recovery-codes.ts';
import { sha256 } from '../auth/secret.ts';
import { strengthenSession, type SessionToken } from '../auth/session.ts';
import { stepOfCode } from '../auth/totp.ts';
import type { Vault } from '../auth/vault.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import {
	factorsOf,
	lockTotp,
	notePasskeyUse,
	noteTotpStep,
	passkeysOf,
	useRecoveryCode,
} from '../repositories/factor.ts';
import { personById } from '../repositories/person.ts';
import { noteProof } from '../repositories/session.ts';
import { addAttempt, takeAttempt } from '../repositories/sign-in-attempt.ts';

const KIND = 'passkey-prove';

/** A challenge for one of the person's passkeys; undefined when there is none. */
export async function beginProof(
	db: Db,
	caller: Caller,
	sessionId: string,
	place: Place,
): Promise<PublicKeyCredentialRequestOptionsJSON | undefined> {
	const { principal, now } = caller;
	if (principal.kind !== 'person') return undefined;
	const have = await passkeysOf(db, principal.id);
	if (have.length === 0) return undefined;
	const options = await proveOptions(place, have);
	const expiresAt = new Date(now.getTime() + signInRules.passkeyAttempt.value * 1000);
	const kept = { challenge: options.challenge };
	await addAttempt(
		db,
		sha256(options.challenge),
		{ kind: KIND, browserSha256: sha256(sessionId), kept, expiresAt },
		now,
	);
	return options;
}

export type Evidence =
	| { kind: 'code'; code: string }
	| { kind: 'recovery'; code: string }
	| { kind: 'passkey'; challenge: string; response: unknown }
	/** Only before an action, and only where no second factor is enrolled. */
	| { kind: 'password'; password: string };

export type ProvePerson =
	| { ok: true; /** New cookie of the session; null: the old one stays. */ session: SessionToken | null }
	| { ok: false; reason: 'forbidden' | 'wrong' }
	| { ok: false; reason: 'wait'; seconds: number };

export async function provePerson(
	db: Db,
	parts: { vault: Vault; guesses: Guesses; place: Place },
	caller: Caller,
	sessionId: string,
	evidence: Evidence,
): Promise<ProvePerson> {
	const { principal, now, address } = caller;
	if (principal.kind !== 'person') return { ok: false, reason: 'forbidden' };
	const account = `proof:${principal.id}`;
	const seconds = await parts.guesses.waitS(account, address ?? 'unknown');
	if (seconds > 0) return { ok: false, reason: 'wait', seconds };

	const passkeyCounter =
		evidence.kind === 'passkey' ? await counterOf(db, parts.place, caller, sessionId, evidence) : undefined;
	const passwordIsRight = evidence.kind === 'password' && (await isPassword(db, principal.id, evidence.password));

	const session = await transaction(db, async (tx) => {
		const entry = {
			...signedBy(caller),
			action: 'session:prove' as const,
			object: `session ${sessionId}`,
			detail: { by: evidence.kind },
		};
		if (!(await isAccepted(tx))) {
			await audit(tx, { ...entry, outcome: 'denied' });
			return undefined;
		}
		// Open sockets hold the old token; it changes only while signing in, when there are none.
		const fresh = principal.pending ? await strengthenSession(tx, sessionId, now) : null;
		if (!principal.pending) await noteProof(tx, sessionId, now, evidence.kind !== 'password');
		await audit(tx, { ...entry, outcome: 'done' });
		return fresh;
	});
	if (session === undefined) {
		await parts.guesses.wrong(account, address ?? 'unknown');
		return { ok: false, reason: 'wrong' };
	}
	await parts.guesses.right(account);
	return { ok: true, session };

	async function isAccepted(tx: Db): Promise<boolean> {
		switch (evidence.kind) {
			case 'code':
				return takesCode(tx, parts.vault, caller, evidence.code);
			case 'recovery':
				return useRecoveryCode(tx, (principal as { id: string }).id, hashOfCode(evidence.code), now);
			case 'passkey':
				if (!passkeyCounter) return false;
				await notePasskeyUse(tx, passkeyCounter.credentialId, passkeyCounter.counter, now);
				return true;
			case 'password':
				return passwordIsRight;
		}
	}
}

async function takesCode(tx: Db, vault: Vault, { principal, now }: Caller, code: string): Promise<boolean> {
	if (principal.kind !== 'person') return false;
	const totp = await lockTotp(tx, principal.id);
	if (!totp?.confirmedAt) return false;
	const step = stepOfCode(vault.open(totp.secret, principal.id), code, now, totp.lastStep);
	if (step === undefined) return false;
	await noteTotpStep(tx, principal.id, step, now);
	return true;
}

async function counterOf(
	db: Db,
	place: Place,
	{ principal, now }: Caller,
	sessionId: string,
	{ challenge, response }: { challenge: string; response: unknown },
): Promise<{ credentialId: string; counter: number } | undefined> {
	if (principal.kind !== 'person') return undefined;
	const kept = await takeAttempt(db, sha256(challenge), KIND, sha256(sessionId), now);
	const id = (response as { id?: unknown } | null)?.id;
	const key = (await passkeysOf(db, principal.id)).find(({ credentialId }) => credentialId === id);
	if (!kept || !key) return undefined;
	const counter = await acceptProof(place, kept['challenge'] ?? '', response, key);
	return counter === undefined ? undefined : { credentialId: key.credentialId, counter };
}

/** With a second factor enrolled the password alone proves nothing more. */
async function isPassword(db: Db, personId: string, password: string): Promise<boolean> {
	const { hasTotp, passkeys } = await factorsOf(db, personId);
	const person = await personById(db, personId);
	const matches = await passwordMatches(person?.passwordHash, password);
	return matches && !hasTotp && passkeys.length === 0;
}
