import { fail, redirect } from '@sveltejs/kit';
import { PERSON_ROLES } from '#lib/domain/access/principal.ts';
import { createPerson } from '#lib/server/commands/create-person.ts';
import { formBody } from '#lib/server/http/read-body.ts';
import { areaChoices } from '#lib/server/repositories/area-choice.ts';
import { listPeople } from '#lib/server/repositories/person.ts';
import type { Actions, PageServerLoad } from './$types';

export const load: PageServerLoad = async ({ locals }) => {
	const { db, runtime } = locals;
	return { people: await listPeople(db), areas: await areaChoices(db), district: runtime.config.DISTRICT };
};

export const actions: Actions = {
	create: async ({ request, locals }) => {
		const form = await formBody(request);
		const field = (name: string) => String(form.get(name) ?? '');
		const role = PERSON_ROLES.find((known) => known === field('role'));
		const wish = { login: field('login'), name: field('name'), area: field('area') };
		const { databases, config } = locals.runtime;
		const result = await createPerson(databases.ingest, locals.caller, {
			...wish,
			roles: role ? [role] : [],
			policy: config.PASSWORD_POLICY,
		});
		if (result.ok) redirect(303, `/admin/people/${result.id}`);
		if (result.reason === 'prove') redirect(303, '/account/confirm?to=/admin/people');
		return fail(422, { ...wish, role: role ?? '', reason: result.reason });
	},
};
