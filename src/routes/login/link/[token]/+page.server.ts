import { fail, redirect } from '@sveltejs/kit';
import { beginSession } from '#lib/server/auth/begin-session.ts';
import { cookieName, WALL_COOKIE } from '#lib/server/auth/cookie.ts';
import { sha256 } from '#lib/server/auth/secret.ts';
import { acceptInvitation } from '#lib/server/commands/invite-person.ts';
import { enterWall } from '#lib/server/commands/manage-wall.ts';
import { setUpFirstAdmin } from '#lib/server/commands/set-up-first-admin.ts';
import { signInByLink } from '#lib/server/commands/sign-in-by-link.ts';
import { formBody } from '#lib/server/http/read-body.ts';
import { grantsOf, personById } from '#lib/server/repositories/person.ts';
import { signInLink } from '#lib/server/repositories/sign-in-link.ts';
import { wallById } from '#lib/server/repositories/wall.ts';
import type { Actions, PageServerLoad } from './$types';

/** As long as browsers keep a cookie; a wall is paired until it is revoked. */
const WALL_COOKIE_S = 400 * 86_400;

/** Looking at a link signs nobody in: programs that look ahead at addresses must not use it up. */
export const load: PageServerLoad = async ({ locals, params, setHeaders }) => {
	setHeaders({ 'cache-control': 'no-store' });
	const link = await signInLink(locals.db, sha256(params.token));
	if (!link) return { state: 'unknown' } as const;
	if (new Date() >= link.expiresAt) return { state: 'expired' } as const;
	if (link.purpose === 'setup') {
		return link.usedAt
			? ({ state: 'used' } as const)
			: ({ state: 'setup', policy: locals.runtime.config.PASSWORD_POLICY } as const);
	}
	if (link.purpose === 'wall') {
		const wall = link.wallId ? await wallById(locals.db, link.wallId) : undefined;
		if (!wall || wall.revokedAt) return { state: 'unknown' } as const;
		return link.usedAt ? ({ state: 'used' } as const) : ({ state: 'wall', name: wall.name } as const);
	}
	const person = link.personId ? await personById(locals.db, link.personId) : undefined;
	if (!person || person.disabledAt) return { state: 'disabled' } as const;
	if (link.purpose === 'person') {
		if (link.usedAt) return { state: 'used' } as const;
		return { state: 'person', name: person.name, policy: locals.runtime.config.PASSWORD_POLICY } as const;
	}
	const [grant] = await grantsOf(locals.db, person.id);
	return { state: 'demo', name: person.name, role: grant?.role ?? null } as const;
};

export const actions: Actions = {
	enter: async ({ locals, params, request, cookies, getClientAddress }) => {
		const from = { address: getClientAddress(), agent: request.headers.get('user-agent') };
		const { databases, config } = locals.runtime;
		const result = await signInByLink(databases.ingest, params.token, from, new Date());
		if (!result.ok) return fail(400, { refused: result.reason });
		beginSession(cookies, config, result.session);
		redirect(303, '/');
	},

	wall: async ({ locals, params, cookies }) => {
		const { databases, config } = locals.runtime;
		const { address, now } = locals.caller;
		const result = await enterWall(databases.ingest, params.token, address, now);
		if (!result.ok) return fail(400, { refused: result.reason });
		const isSecure = config.ORIGIN.startsWith('https://');
		const options = { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure, maxAge: WALL_COOKIE_S } as const;
		cookies.set(cookieName(WALL_COOKIE, config), result.token, options);
		redirect(303, '/wall');
	},

	password: async ({ locals, params, request, cookies }) => {
		const form = await formBody(request);
		const password = String(form.get('password') ?? '');
		if (password !== String(form.get('repeat') ?? '')) return fail(400, { refused: 'differ' as const });
		const { databases, config } = locals.runtime;
		const { address, now } = locals.caller;
		const from = { address, agent: request.headers.get('user-agent') };
		const wish = { password, policy: config.PASSWORD_POLICY };
		const result = await acceptInvitation(databases.ingest, params.token, wish, from, now);
		if (!result.ok) return fail(400, { refused: result.reason, flaws: result.reason === 'weak' ? result.flaws : [] });
		beginSession(cookies, config, result.session);
		redirect(303, '/');
	},

	setup: async ({ locals, params, request, cookies, getClientAddress }) => {
		const form = await formBody(request);
		const field = (name: string) => String(form.get(name) ?? '');
		const wish = { login: field('login'), name: field('name'), password: field('password') };
		const kept = { login: wish.login, name: wish.name };
		if (wish.password !== field('repeat')) return fail(400, { ...kept, refused: 'differ' as const });
		const from = { address: getClientAddress(), agent: request.headers.get('user-agent') };
		const { databases, config } = locals.runtime;
		const result = await setUpFirstAdmin(
			databases.ingest,
			params.token,
			{ ...wish, district: config.DISTRICT, policy: config.PASSWORD_POLICY },
			from,
			new Date(),
		);
		if (!result.ok) {
			const flaws = result.reason === 'weak' ? result.flaws : [];
			return fail(400, { ...kept, refused: result.reason, flaws });
		}
		beginSession(cookies, config, result.session);
		redirect(303, '/');
	},
};
