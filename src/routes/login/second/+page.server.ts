import { fail, redirect } from '@sveltejs/kit';
import { beginSession } from '#lib/server/auth/begin-session.ts';
import { proveByForm, waysToProve } from '#lib/server/auth/proof-page.ts';
import { localPath } from '#lib/server/doors/local-path.ts';
import { formBody } from '#lib/server/http/read-body.ts';
import type { Actions, PageServerLoad } from './$types';

/** The second step of signing in. Whoever is through already goes on. */
export const load: PageServerLoad = async ({ locals, url }) => {
	const { principal, db } = locals;
	if (principal.kind !== 'person') redirect(303, '/login');
	const to = localPath(url.searchParams.get('to'));
	if (principal.pending !== 'second-factor') redirect(303, to);
	return { to, has: await waysToProve(db, principal.id) };
};

export const actions: Actions = {
	default: async ({ request, locals, cookies, url }) => {
		const form = await formBody(request);
		const { runtime, caller, sessionId = '' } = locals;
		const result = await proveByForm(runtime, caller, sessionId, form, runtime.config.ORIGIN || url.origin);
		if (!result.ok) {
			const seconds = result.reason === 'wait' ? result.seconds : 0;
			return fail(result.reason === 'wait' ? 429 : 400, { reason: result.reason, seconds });
		}
		if (result.session) beginSession(cookies, runtime.config, result.session);
		redirect(303, localPath(String(form.get('to') ?? '/')));
	},
};
