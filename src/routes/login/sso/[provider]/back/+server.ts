import { redirect } from '@sveltejs/kit';
import { beginSession } from '#lib/server/auth/begin-session.ts';
import { cookieName, SSO_COOKIE } from '#lib/server/auth/cookie.ts';
import { signInBySso } from '#lib/server/commands/sign-in-by-sso.ts';
import { localPath } from '#lib/server/doors/local-path.ts';
import { Fault } from '#lib/server/errors.ts';
import { addressOfReturn, providerOf } from '#lib/server/sso/route.ts';
import type { RequestHandler } from './$types';

const TOLD = { 'unknown-attempt': 'unknown', 'not-bound': 'notBound', disabled: 'disabled' } as const;

/** The browser comes back from the provider. Every refusal ends on the sign-in page with its reason. */
export const GET: RequestHandler = async ({ locals, params, url, cookies, request }) => {
	const { config, databases } = locals.runtime;
	const provider = providerOf(locals.runtime, params.provider);
	const name = cookieName(SSO_COOKIE, config);
	const browser = cookies.get(name) ?? '';
	cookies.delete(name, { path: '/', secure: config.ORIGIN.startsWith('https://') });
	const back = addressOfReturn(config.ORIGIN || url.origin, provider);
	const from = { address: locals.caller.address, agent: request.headers.get('user-agent') };
	const result = await signInBySso(databases.ingest, provider, url, browser, back, from, locals.caller.now).catch(
		(error: unknown) => {
			if (error instanceof Fault && (error.code === 'upstream-down' || error.code === 'forbidden')) return error;
			throw error;
		},
	);
	if (result instanceof Fault) redirect(303, `/login?sso=${result.code === 'forbidden' ? 'refused' : 'down'}`);
	if (!result.ok) redirect(303, `/login?sso=${TOLD[result.reason]}`);
	beginSession(cookies, config, result.session);
	redirect(303, localPath(result.to));
};
