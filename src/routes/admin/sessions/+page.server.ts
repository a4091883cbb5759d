import { fail } from '@sveltejs/kit';
import { authorize } from '#lib/domain/access/authorize.ts';
import { revokeSession } from '#lib/server/commands/revoke-session.ts';
import { formBody } from '#lib/server/http/read-body.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import { openSessions } from '#lib/server/repositories/session.ts';
import type { Actions, PageServerLoad } from './$types';

/** One's own sessions; the security administrator sees everybody's. */
export const load: PageServerLoad = async ({ locals }) => {
	const { principal, db } = locals;
	const seesAll = authorize(principal, 'session:manage').ok;
	const own = principal.kind === 'person' ? principal.id : '';
	const sessions = await openSessions(db, new Date(), seesAll ? undefined : own);
	return { seesAll, sessions, thisId: locals.sessionId ?? null };
};

export const actions: Actions = {
	end: async ({ request, locals }) => {
		const id = String((await formBody(request)).get('id') ?? '');
		if (!isUuid(id)) return fail(422, { ended: false });
		const result = await revokeSession(locals.runtime.databases.ingest, locals.caller, id);
		return result.ok ? { ended: true } : fail(403, { ended: false });
	},
};
