import { fail, redirect } from '@sveltejs/kit';
import { createWall, revokeWall } from '#lib/server/commands/manage-wall.ts';
import { words } from '#lib/server/http/form-words.ts';
import { formBody } from '#lib/server/http/read-body.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import { areaChoices } from '#lib/server/repositories/area-choice.ts';
import { listWalls } from '#lib/server/repositories/wall.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => ({
	walls: await listWalls(locals.db),
	areas: await areaChoices(locals.db),
	district: locals.runtime.config.DISTRICT,
});

export const actions: Actions = {
	create: async ({ request, locals, url }) => {
		const form = await formBody(request);
		const wish = {
			name: String(form.get('name') ?? ''),
			areas: [String(form.get('area') ?? '')],
			networks: words(form.get('networks')),
		};
		const result = await createWall(locals.runtime.databases.ingest, locals.caller, wish);
		if (result.ok) return { link: `${url.origin}/login/link/${result.link}` };
		if (result.reason === 'prove') redirect(303, '/account/confirm?to=/admin/walls');
		return fail(422, { reason: result.reason });
	},
	revoke: async ({ request, locals }) => {
		const id = String((await formBody(request)).get('id') ?? '');
		if (!isUuid(id)) return fail(422, { reason: 'not-found' });
		const result = await revokeWall(locals.runtime.databases.ingest, locals.caller, id);
		return result.ok ? { revoked: id } : fail(422, { reason: result.reason });
	},
};
