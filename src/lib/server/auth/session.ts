// Sessions: opening one, and finding the person behind a cookie.

import { randomUUID } from 'node:crypto';
import { sessionRules } from '#db/rules/access.ts';
import type { Person } from '#lib/domain/access/principal.ts';
import { judgeSession, sessionEnd } from '#lib/domain/access/session-limits.ts';
import type { Db } from '../db/connection.ts';
import { addSession, sessionByToken, touchSession } from '../repositories/session.ts';
import { tokenOfCookie } from './cookie.ts';
import { newSecret, sha256 } from './secret.ts';

export interface OpenedSession {
	/** For the cookie; kept nowhere else. */
	token: string;
	sessionId: string;
	expiresAt: Date;
}

/** Opens a session for a person inside the transaction of the sign-in. Every sign-in gets a new token. */
export async function openSession(
	tx: Db,
	person: Pick<Person, 'id' | 'grants'> & { principalVersion: number },
	from: { address: string | null; agent: string | null },
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
	});
	return { token, sessionId, expiresAt };
}

export interface SessionPrincipal {
	sessionId: string;
	principal: Person;
}

/**
 * The person behind a `Cookie` header, or null: no session, ended, too long unused, or the person was disabled.
 * Roles are read each time, so that what was taken away is gone with the next question.
 * @param touch - false when nobody is acting (an open socket that is only checked), so that idle time goes on
 */
export async function sessionOfCookie(
	db: Db,
	cookieHeader: string | null | undefined,
	{ now = new Date(), touch = true }: { now?: Date; touch?: boolean } = {},
): Promise<SessionPrincipal | null> {
	const token = tokenOfCookie(cookieHeader);
	if (!token) return null;
	const session = await sessionByToken(db, sha256(token));
	if (!session) return null;
	const { disabledAt, ...person } = session.person;
	const roles = person.grants.map(({ role }) => role);
	if (disabledAt || judgeSession(session, roles, sessionRules, now) !== 'open') return null;
	if (touch && now.getTime() - session.seenAt.getTime() >= sessionRules.touchEvery.value * 1000) {
		await touchSession(db, session.id, now);
	}
	return { sessionId: session.id, principal: { kind: 'person', ...person } };
}
