// Who a cookie belongs to, also while the database is away: a session that was open a moment before keeps reading what
// is in memory. Nobody signs in meanwhile, and nothing can be changed, because that needs the database.

import { sessionRules } from '#db/rules/access.ts';
import type { PasswordPolicyName } from '#lib/domain/access/password-policy.ts';
import type { Db } from '../db/connection.ts';
import { Fault } from '../errors.ts';
import { sessionByToken, touchSession, type SessionRow } from '../repositories/session.ts';
import { tokenOfCookie } from './cookie.ts';
import { sha256 } from './secret.ts';
import { onSessionsEnded } from './session-end.ts';
import { judged, type SessionPrincipal } from './session.ts';

export interface SessionCheck {
	/** @param touch - false when nobody is acting, so that idle time goes on */
	find(cookieHeader: string | null | undefined, touch?: boolean): Promise<SessionPrincipal | null>;
}

interface Kept {
	session: SessionRow;
	askedAt: number;
}

/** Sessions kept; the one asked for longest ago goes first. */
const KEPT = 5000;

export function createSessionCheck(
	db: Db,
	policy: PasswordPolicyName,
	now: () => number = Date.now,
	name = 'session-check',
): SessionCheck {
	const known = new Map<string, Kept>();

	onSessionsEnded(name, (ended) => {
		for (const [key, { session }] of known) {
			if ('personId' in ended ? session.person.id === ended.personId : ended.sessionIds.includes(session.id))
				known.delete(key);
		}
	});

	/** What the database said last, for as long as it may be believed without asking. */
	function remembered(key: string): SessionRow | undefined {
		const kept = known.get(key);
		if (!kept || now() - kept.askedAt >= sessionRules.withoutDatabase.value * 1000) return undefined;
		return kept.session;
	}

	return {
		async find(cookieHeader, touch = true) {
			const token = tokenOfCookie(cookieHeader);
			if (!token) return null;
			const hash = sha256(token);
			const key = hash.toString('base64');
			const at = new Date(now());
			let session: SessionRow | undefined;
			try {
				session = await sessionByToken(db, hash);
			} catch (error) {
				const kept = isDown(error) ? remembered(key) : undefined;
				if (!kept) throw error;
				return judged(kept, policy, at);
			}
			known.delete(key);
			const found = session && judged(session, policy, at);
			if (!session || !found) return null;
			if (touch && at.getTime() - session.seenAt.getTime() >= sessionRules.touchEvery.value * 1000)
				await touchSession(db, session.id, at);
			known.set(key, { session, askedAt: at.getTime() });
			if (known.size > KEPT) known.delete(known.keys().next().value ?? '');
			return found;
		},
	};
}

const isDown = (error: unknown): boolean => error instanceof Fault && error.code === 'database-down';
