import { dayPackage } from '#lib/server/field/day-package.ts';
import { refusalFault } from '#lib/server/http/command-answer.ts';
import { officerOfPerson } from '#lib/server/repositories/officer.ts';
import type { RequestHandler } from './$types';

/** The package of the day for the phone of whoever asks. */
export const GET: RequestHandler = async ({ locals }) => {
	const { principal, db, caller, runtime } = locals;
	const officer = principal.kind === 'person' ? await officerOfPerson(db, principal.id) : undefined;
	if (!officer) throw refusalFault({ reason: 'not-an-officer' });
	await runtime.sheets.opened(caller, 'day package');
	return Response.json(await dayPackage(db, officer, new Date()), { headers: { 'cache-control': 'no-store' } });
};
