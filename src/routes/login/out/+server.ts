import { redirect } from '@sveltejs/kit';
import { forgetSession } from '#lib/server/auth/begin-session.ts';
import { revokeSession } from '#lib/server/commands/revoke-session.ts';
import type { RequestHandler } from './$types';

/** Ends the session everywhere, sockets included, and forgets the cookie. */
export const POST: RequestHandler = async ({ locals, cookies, getClientAddress }) => {
	const { principal, sessionId, runtime } = locals;
	if (sessionId) {
		const caller = { principal, address: getClientAddress(), now: new Date() };
		await revokeSession(runtime.databases.ingest, caller, sessionId);
	}
	forgetSession(cookies, runtime.config);
	redirect(303, '/login');
};
