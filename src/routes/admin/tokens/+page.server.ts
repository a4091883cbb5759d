import { fail, redirect } from '@sveltejs/kit';
import { TOKEN_SCOPES } from '#lib/domain/access/principal.ts';
import { createToken } from '#lib/server/commands/create-token.ts';
import { revokeToken } from '#lib/server/commands/revoke-token.ts';
import { words } from '#lib/server/http/form-words.ts';
import { formBody } from '#lib/server/http/read-body.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import { listTokens } from '#lib/server/repositories/token.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({ tokens: await listTokens(locals.db) });

export const actions: Actions = {
	create: async ({ request, locals }) => {
		const form = await formBody(request);
		const scope = TOKEN_SCOPES.find((name) => name === form.get('scope'));
		if (!scope) return fail(422, { reason: 'bad-scope' as const, ids: [] });
		const [deviceIds, quantities] = [words(form.get('devices')), words(form.get('quantities'))];
		const wish = {
			name: String(form.get('name') ?? ''),
			scope,
			networks: words(form.get('networks')),
			...(deviceIds.length > 0 && { deviceIds }),
			...(quantities.length > 0 && { quantities }),
		};
		const result = await createToken(locals.runtime.databases.ingest, locals.caller, wish);
		if (!result.ok && result.reason === 'prove') redirect(303, '/account/confirm?to=/admin/tokens');
		if (result.ok) return { bearer: result.bearer };
		return fail(422, { reason: result.reason, ids: 'ids' in result ? result.ids : [] });
	},

	revoke: async ({ request, locals }) => {
		const id = String((await formBody(request)).get('id') ?? '');
		if (!isUuid(id)) return fail(422, { reason: 'not-found' as const, ids: [] });
		const result = await revokeToken(locals.runtime.databases.ingest, locals.caller, id);
		return result.ok ? { revoked: id } : fail(422, { reason: result.reason, ids: [] });
	},
};
