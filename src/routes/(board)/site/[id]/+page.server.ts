import { error, redirect } from '@sveltejs/kit';
import { isUuid } from '#lib/server/http/uuid.ts';
import { siteDossier } from '#lib/server/repositories/site.ts';
import type { PageServerLoad } from './$types';

/** A lasting link to one site: leads to the overview with the site selected. */
export const load: PageServerLoad = async ({ locals, params }) => {
	const dossier = isUuid(params.id) ? await siteDossier(locals.scopedDb, locals.scope, params.id) : undefined;
	if (!dossier) error(404, '没有这个工地,或不在您的管辖范围内。No such site, or outside your area.');
	redirect(302, `/?sel=site-${dossier.no}`);
};
