// Sessions: opening one, and finding the person behind a cookie.

import { randomUUID } from 'node:crypto';
import { sessionRules } from '#db/rules/access.ts';
import { PASSWORD_POLICIES, type PasswordPolicyName } from '#lib/domain/access/password-policy.ts';
import type { Person } from '#lib/domain/access/principal.ts';
import { pendingOf } from '#lib/domain/access/second-factor.ts';
import { judgeSession, sessionEnd } from '#lib/domain/access/session-limits.ts';
import type { Db } from '../db/connection.ts';
import {
	addSession,
	noteProof,
	renewToken,
	sessionByToken,
	touchSession,
	type SessionRow,
	type SignInWay,
} from '../repositories/session.ts';
import { tokenOfCookie } from './cookie.ts';
import { newSecret, sha256 } from './secret.ts';

/** Where a sign-in comes from. */
export interface SignInFrom {
	address: string | null;
	agent: string | null;
}

export interface SessionToken {
	/** For the cookie; kept nowhere else. */
	token: string;
	expiresAt: Date;
}

export interface OpenedSession extends SessionToken {
	sessionId: string;
}

/** Opens a session for a person inside the transaction of the sign-in. Every sign-in gets a new token. */
export async function openSession(
	tx: Db,
	person: Pick<Person, 'id' | 'grants'> & { principalVersion: number },
	from: SignInFrom,
	via: SignInWay,
	at: Date,
): Promise<OpenedSession> {
	const token = newSecret();
	const sessionId = randomUUID();
	const expiresAt = sessionEnd(
		person.grants.map(({ role }) => role),
		sessionRules,
		at,
	);
	await addSession(tx, {
		id: sessionId,
		tokenSha256: sha256(token),
		personId: person.id,
		principalVersion: person.principalVersion,
		at,
		expiresAt,
		address: from.address,
		agent: from.agent?.slice(0, 200) ?? null,
		via,
		provenAt: at,
	});
	return { token, sessionId, expiresAt };
}

/**
 * A second factor was shown: the session gets a new token, so that one noted before is worth nothing.
 * @returns the new token for the cookie
 */
export async function strengthenSession(tx: Db, sessionId: string, at: Date): Promise<SessionToken> {
	const token = newSecret();
	await noteProof(tx, sessionId, at, true);
	return { token, expiresAt: await renewToken(tx, sessionId, sha256(token)) };
}

export interface SessionPrincipal {
	sessionId: string;
	principal: Person;
	/** When the person last proved to be itself; accounts of the demonstration have nothing to prove it with. */
	provenAt?: Date;
}

export interface SessionQuestion {
	now?: Date;
	/** False when nobody is acting (an open socket that is only checked), so that idle time goes on. */
	touch?: boolean;
	policy?: PasswordPolicyName;
}

/**
 * The person behind a `Cookie` header, or null: no session, ended, too long unused, or the person was disabled.
 * Roles are read each time, so that what was taken away is gone with the next question.
 */
export async function sessionOfCookie(
	db: Db,
	cookieHeader: string | null | undefined,
	{ now = new Date(), touch = true, policy = 'dengbao' }: SessionQuestion = {},
): Promise<SessionPrincipal | null> {
	const token = tokenOfCookie(cookieHeader);
	if (!token) return null;
	const session = await sessionByToken(db, sha256(token));
	const found = session && judged(session, policy, now);
	if (!session || !found) return null;
	if (touch && now.getTime() - session.seenAt.getTime() >= sessionRules.touchEvery.value * 1000) {
		await touchSession(db, session.id, now);
	}
	return found;
}

/** What a stored session is worth at a moment; null when it has ended. */
export function judged(session: SessionRow, policy: PasswordPolicyName, now: Date): SessionPrincipal | null {
	const { disabledAt, passwordChangedAt, ...person } = session.person;
	const roles = person.grants.map(({ role }) => role);
	if (disabledAt || judgeSession(session, roles, sessionRules, now) !== 'open') return null;
	const { isDemo } = person;
	const pending = pendingOf({ ...session, isDemo, roles, passwordChangedAt }, PASSWORD_POLICIES[policy], now);
	const provenAt = isDemo ? now : session.provenAt;
	return {
		sessionId: session.id,
		principal: { kind: 'person', ...person, ...(pending && { pending }) },
		...(provenAt && { provenAt }),
	};
}
