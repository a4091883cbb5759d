// Ends a session: one's own, or with the security administrator's right anybody's. Signing out is the first.

import { authorize } from '#lib/domain/access/authorize.ts';
import { audit } from '../audit/audit.ts';
import { signedBy, type Caller } from '../auth/caller.ts';
import { announceEndedSessions } from '../auth/session-end.ts';
import type { Db } from '../db/connection.ts';
import { transaction } from '../db/transaction.ts';
import { endSessions, personOfSession } from '../repositories/session.ts';

export type RevokeSession = { ok: true } | { ok: false; reason: 'not-found' | 'forbidden' };

export async function revokeSession(db: Db, caller: Caller, sessionId: string): Promise<RevokeSession> {
	const owner = await personOfSession(db, sessionId);
	if (!owner) return { ok: false, reason: 'not-found' };
	const isOwn = caller.principal.kind === 'person' && caller.principal.id === owner;
	const verdict = authorize(caller.principal, isOwn ? 'session:own' : 'session:manage');
	const entry = {
		...signedBy(caller),
		action: 'session:end' as const,
		object: `session ${sessionId}`,
		detail: { owner },
	};
	if (!verdict.ok) {
		await transaction(db, (tx) => audit(tx, { ...entry, outcome: 'denied' }));
		return { ok: false, reason: 'forbidden' };
	}
	const ended = await transaction(db, async (tx) => {
		const ids = await endSessions(tx, { id: sessionId }, caller.now);
		if (ids.length > 0) await audit(tx, { ...entry, outcome: 'done' });
		return ids;
	});
	announceEndedSessions({ sessionIds: ended });
	return { ok: true };
}
