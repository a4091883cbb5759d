import { redirect } from '@sveltejs/kit';
import { cookieName, SSO_COOKIE } from '#lib/server/auth/cookie.ts';
import { beginSso } from '#lib/server/commands/sign-in-by-sso.ts';
import { localPath } from '#lib/server/doors/local-path.ts';
import { Fault } from '#lib/server/errors.ts';
import { addressOfReturn, providerOf } from '#lib/server/sso/route.ts';
import type { RequestHandler } from './$types';

/** Sends the browser to the provider, and ties the attempt to this browser. */
export const GET: RequestHandler = async ({ locals, params, url, cookies }) => {
	const { config, databases } = locals.runtime;
	const provider = providerOf(locals.runtime, params.provider);
	const back = addressOfReturn(config.ORIGIN || url.origin, provider);
	try {
		const begun = await beginSso(
			databases.ingest,
			provider,
			back,
			localPath(url.searchParams.get('to')),
			locals.caller.now,
		);
		cookies.set(cookieName(SSO_COOKIE, config), begun.browser, {
			path: '/',
			httpOnly: true,
			sameSite: 'lax',
			secure: config.ORIGIN.startsWith('https://'),
			maxAge: begun.withinS,
		});
		return new Response(null, { status: 303, headers: { location: begun.url, 'cache-control': 'no-store' } });
	} catch (error) {
		if (error instanceof Fault && error.code === 'upstream-down') redirect(303, '/login?sso=down');
		if (error instanceof Fault && error.code === 'forbidden') redirect(303, '/login?sso=refused');
		throw error;
	}
};
