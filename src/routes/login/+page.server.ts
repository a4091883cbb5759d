import { fail, redirect } from '@sveltejs/kit';
import { beginSession } from '#lib/server/auth/begin-session.ts';
import { guesses } from '#lib/server/auth/guesses.ts';
import { homeOf } from '#lib/server/auth/home.ts';
import { signInByPassword } from '#lib/server/commands/sign-in-by-password.ts';
import { localPath } from '#lib/server/doors/local-path.ts';
import { formBody } from '#lib/server/http/read-body.ts';
import { countPeople } from '#lib/server/repositories/person.ts';
import type { Actions, PageServerLoad } from './$types';

/** How a single sign-on ended, as `?sso=` says it. */
const SSO = ['unknown', 'notBound', 'disabled', 'down', 'refused'] as const;

/** `?to=` is where the person wanted to go; only a path of this site is followed. */
export const load: PageServerLoad = async ({ locals, url }) => {
	if (locals.principal.kind === 'person' && !locals.principal.pending) redirect(303, homeOf(locals.principal));
	const hasDemo = (await countPeople(locals.db, { demo: true, enabled: true })) > 0;
	const providers = locals.runtime.access.providers.map(({ id, name }) => ({ id, name }));
	const sso = SSO.find((known) => known === url.searchParams.get('sso')) ?? null;
	return { to: localPath(url.searchParams.get('to')), hasDemo, providers, sso };
};

export const actions: Actions = {
	default: async ({ request, locals, cookies, getClientAddress }) => {
		const form = await formBody(request);
		const login = String(form.get('login') ?? '');
		const from = { address: getClientAddress(), agent: request.headers.get('user-agent') };
		const given = { login, password: String(form.get('password') ?? '') };
		const { databases, config } = locals.runtime;
		const result = await signInByPassword(databases.ingest, guesses(), given, from, new Date());
		if (!result.ok) {
			const seconds = result.reason === 'wait' ? result.seconds : 0;
			return fail(result.reason === 'wait' ? 429 : 400, { login, reason: result.reason, seconds });
		}
		beginSession(cookies, config, result.session);
		redirect(303, localPath(String(form.get('to') ?? '/')));
	},
};
