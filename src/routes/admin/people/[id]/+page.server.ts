import { error, fail, redirect } from '@sveltejs/kit';
import { PERSON_ROLES } from '#lib/domain/access/principal.ts';
import { LAYER_CLASSES } from '#lib/domain/access/scope.ts';
import { bindToPerson, unbindFromPerson } from '#lib/server/commands/bind-identity.ts';
import { giveRole, takeRole } from '#lib/server/commands/change-grants.ts';
import { disablePerson } from '#lib/server/commands/disable-person.ts';
import { enablePerson } from '#lib/server/commands/enable-person.ts';
import { resetFactors } from '#lib/server/commands/drop-factor.ts';
import { invitePerson } from '#lib/server/commands/invite-person.ts';
import { formBody } from '#lib/server/http/read-body.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import { areaChoices } from '#lib/server/repositories/area-choice.ts';
import { factorsOf } from '#lib/server/repositories/factor.ts';
import { identitiesOf } from '#lib/server/repositories/identity.ts';
import { heldGrants, personById } from '#lib/server/repositories/person.ts';
import type { Actions, PageServerLoad, RequestEvent } from './$types';

export const load: PageServerLoad = async ({ locals, params }) => {
	const { db, runtime } = locals;
	const person = isUuid(params.id) ? await personById(db, params.id) : undefined;
	if (!person) error(404, '没有此人 · There is no such person.');
	await runtime.sheets.opened(locals.caller, `person ${person.id}`);
	const { passkeys, hasTotp } = await factorsOf(db, person.id);
	return {
		person: {
			id: person.id,
			login: person.login,
			name: person.name,
			isDemo: person.isDemo,
			disabledAt: person.disabledAt,
		},
		hasPassword: person.passwordHash !== null,
		factors: { hasTotp, passkeys: passkeys.length },
		grants: await heldGrants(db, person.id),
		identities: await identitiesOf(db, person.id),
		providers: runtime.access.providers.map(({ id, name, issuer }) => ({ id, name, issuer })),
		areas: await areaChoices(db),
		district: runtime.config.DISTRICT,
	};
};

/** An id that is none leads nowhere, and not into the database. */
function idOf({ id }: { id: string }): string {
	if (!isUuid(id)) error(404, '没有此人 · There is no such person.');
	return id;
}

interface Refused {
	ok: false;
	reason: string;
}

/** A refusal as the page shows it; “prove” leads to the page where that is done. */
function answer({ url }: RequestEvent, result: { ok: true } | Refused) {
	if (result.ok) return { done: true as const };
	if (result.reason === 'prove') redirect(303, `/account/confirm?to=${encodeURIComponent(url.pathname)}`);
	return fail(422, { reason: result.reason });
}

export const actions: Actions = {
	give: async (event) => {
		const { request, locals, params } = event;
		const form = await formBody(request);
		const role = PERSON_ROLES.find((known) => known === form.get('role'));
		if (!role) return fail(422, { reason: 'not-for-people' });
		const layers = LAYER_CLASSES.filter((layer) => form.getAll('layers').includes(layer));
		const wish = { personId: idOf(params), role, area: String(form.get('area') ?? ''), layers };
		return answer(event, await giveRole(locals.runtime.databases.ingest, locals.caller, wish));
	},
	take: async (event) => {
		const { request, locals, params } = event;
		const id = String((await formBody(request)).get('grant') ?? '');
		if (!isUuid(id)) return fail(422, { reason: 'not-found' });
		return answer(event, await takeRole(locals.runtime.databases.ingest, locals.caller, idOf(params), id));
	},
	invite: async (event) => {
		const { locals, params, url } = event;
		const result = await invitePerson(locals.runtime.databases.ingest, locals.caller, idOf(params));
		return result.ok ? { link: `${url.origin}/login/link/${result.link}` } : answer(event, result);
	},
	disable: async (event) => {
		const { locals, params } = event;
		const person = await personById(locals.db, idOf(params));
		const which = { login: person?.login ?? '' };
		return answer(event, await disablePerson(locals.runtime.databases.ingest, locals.caller, which));
	},
	enable: async (event) => {
		const { locals, params } = event;
		return answer(event, await enablePerson(locals.runtime.databases.ingest, locals.caller, idOf(params)));
	},
	resetFactors: async (event) => {
		const { locals, params } = event;
		return answer(event, await resetFactors(locals.runtime.databases.ingest, locals.caller, idOf(params)));
	},
	bind: async (event) => {
		const { request, locals, params } = event;
		const form = await formBody(request);
		const provider = locals.runtime.access.providers.find(({ id }) => id === form.get('provider'));
		if (!provider) return fail(422, { reason: 'not-found' });
		const identity = { issuer: provider.issuer, subject: String(form.get('subject') ?? '') };
		return answer(event, await bindToPerson(locals.runtime.databases.ingest, locals.caller, idOf(params), identity));
	},
	unbind: async (event) => {
		const { request, locals, params } = event;
		const form = await formBody(request);
		const identity = { issuer: String(form.get('issuer') ?? ''), subject: String(form.get('subject') ?? '') };
		return answer(
			event,
			await unbindFromPerson(locals.runtime.databases.ingest, locals.caller, idOf(params), identity),
		);
	},
};
