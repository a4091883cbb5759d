import { refusalFault } from '#lib/server/http/command-answer.ts';
import { uuidParam } from '#lib/server/http/uuid.ts';
import { routeSheets } from '#lib/server/planning/route-sheet.ts';
import type { PageServerLoad } from './$types';

/** The route sheets of an issued plan, one per team. A sealed plan has none until it is open. */
export const load: PageServerLoad = async ({ params, locals, url }) => {
	const sheets = await routeSheets(locals.db, uuidParam(params.planId, 'plan'), locals.scope, url.origin);
	if (!sheets) throw refusalFault({ reason: 'not-found' });
	return sheets;
};
