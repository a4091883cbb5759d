import { fail, redirect } from '@sveltejs/kit';
import QRCode from 'qrcode';
import { beginSession } from '#lib/server/auth/begin-session.ts';
import { guesses } from '#lib/server/auth/guesses.ts';
import { adminPages } from '#lib/server/auth/home.ts';
import { changePassword } from '#lib/server/commands/change-password.ts';
import { dropOwnPasskey } from '#lib/server/commands/drop-factor.ts';
import { beginTotp, confirmTotp } from '#lib/server/commands/enrol-totp.ts';
import { formBody } from '#lib/server/http/read-body.ts';
import { factorsOf } from '#lib/server/repositories/factor.ts';
import { personById } from '#lib/server/repositories/person.ts';
import type { Actions, PageServerLoad } from './$types';

/** One's own account: open to everybody signed in, also before signing in is finished, because it is finished here. */
export const load: PageServerLoad = async ({ locals }) => {
	const { principal, db, runtime } = locals;
	if (principal.kind !== 'person') redirect(303, '/login');
	if (principal.pending === 'second-factor') redirect(303, '/login/second');
	const person = await personById(db, principal.id);
	const { hasTotp, passkeys, recoveryLeft } = await factorsOf(db, principal.id);
	return {
		name: principal.name,
		isDemo: principal.isDemo,
		pending: principal.pending ?? null,
		hasPassword: Boolean(person?.passwordHash),
		hasTotp,
		passkeys: passkeys.map(({ credentialId, name, createdAt, lastUsedAt }) => ({
			credentialId,
			name,
			createdAt,
			lastUsedAt,
		})),
		recoveryLeft,
		policy: runtime.config.PASSWORD_POLICY,
		adminPages: adminPages(principal),
	};
};

const scannable = async ({ secret, uri }: { secret: string; uri: string }) => ({
	secret,
	qr: await QRCode.toDataURL(uri, { margin: 2, width: 220 }),
});

export const actions: Actions = {
	password: async ({ request, locals }) => {
		const form = await formBody(request);
		const field = (name: string) => String(form.get(name) ?? '');
		if (field('password') !== field('repeat')) return fail(422, { reason: 'differ' as const });
		const { databases, config } = locals.runtime;
		const wish = { old: field('old'), password: field('password'), policy: config.PASSWORD_POLICY };
		const result = await changePassword(databases.ingest, guesses(), locals.caller, locals.sessionId ?? '', wish);
		if (result.ok) return { changed: true as const };
		const flaws = result.reason === 'weak' ? result.flaws : [];
		const seconds = result.reason === 'wait' ? result.seconds : 0;
		return fail(result.reason === 'wait' ? 429 : 422, { reason: result.reason, flaws, seconds });
	},

	totpBegin: async ({ locals }) => {
		const { databases, access } = locals.runtime;
		const result = await beginTotp(databases.ingest, access.vault, locals.caller);
		if (!result.ok) return fail(422, { reason: result.reason });
		return scannable(result);
	},

	totpConfirm: async ({ request, locals, cookies }) => {
		const code = String((await formBody(request)).get('code') ?? '');
		const { databases, access, config } = locals.runtime;
		const result = await confirmTotp(databases.ingest, access.vault, locals.caller, locals.sessionId ?? '', code);
		if (!result.ok)
			return result.reason === 'wrong'
				? fail(422, { reason: 'wrong-code' as const, ...(await scannable(result)) })
				: fail(422, { reason: result.reason });
		if (result.session) beginSession(cookies, config, result.session);
		return { codes: result.recoveryCodes };
	},

	dropPasskey: async ({ request, locals }) => {
		const id = String((await formBody(request)).get('id') ?? '');
		const result = await dropOwnPasskey(locals.runtime.databases.ingest, locals.caller, id);
		if (result.ok) return { dropped: true as const };
		if (result.reason === 'prove') redirect(303, '/account/confirm?to=/account');
		return fail(422, { reason: result.reason });
	},
};
