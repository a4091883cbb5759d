import { authorize } from '#lib/domain/access/authorize.ts';
import { seesPeople } from '#lib/server/db/dossier-parts.ts';
import { refusalFault } from '#lib/server/http/command-answer.ts';
import { uuidParam } from '#lib/server/http/uuid.ts';
import { routeSheets } from '#lib/server/planning/route-sheet.ts';
import type { PageServerLoad } from './$types';

/** The route sheets of an issued plan, one per team. A sealed plan has none until it is open. */
export const load: PageServerLoad = async ({ params, locals, url }) => {
	const { scopedDb, scope, caller, runtime, principal } = locals;
	const sheets = await routeSheets(scopedDb, uuidParam(params.planId, 'plan'), scope, url.origin, new Date());
	if (!sheets) throw refusalFault({ reason: 'not-found' });
	const isMasked = !seesPeople(scope);
	if (!isMasked) await runtime.sheets.opened(caller, `plan ${params.planId}`);
	return { ...sheets, mayReveal: isMasked && authorize(principal, 'personal:reveal').ok };
};
