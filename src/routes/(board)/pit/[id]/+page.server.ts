import { error, redirect } from '@sveltejs/kit';
import { isUuid } from '#lib/server/http/uuid.ts';
import { pitDossier } from '#lib/server/repositories/pit.ts';
import type { PageServerLoad } from './$types';

/** A lasting link to one pit: leads to the overview with the pit selected. */
export const load: PageServerLoad = async ({ locals, params }) => {
	const dossier = isUuid(params.id)
		? await pitDossier(locals.scopedDb, locals.scope, params.id, new Date())
		: undefined;
	if (!dossier) error(404, '没有这个基坑,或不在您的管辖范围内。No such pit, or outside your area.');
	redirect(302, `/?sel=pit-${dossier.no}`);
};
