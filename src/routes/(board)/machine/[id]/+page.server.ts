import { error, redirect } from '@sveltejs/kit';
import { isUuid } from '#lib/server/http/uuid.ts';
import { machineDossier } from '#lib/server/repositories/machine.ts';
import type { PageServerLoad } from './$types';

/** A lasting link to one machine: leads to the overview with the machine selected. */
export const load: PageServerLoad = async ({ locals, params }) => {
	const dossier = isUuid(params.id)
		? await machineDossier(locals.scopedDb, locals.scope, params.id, new Date())
		: undefined;
	if (!dossier) error(404, '没有这个机械,或不在您的管辖范围内。No such machine, or outside your area.');
	redirect(302, `/?sel=${dossier.kind}-${dossier.no}`);
};
