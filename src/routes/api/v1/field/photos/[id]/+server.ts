import type { Principal } from '#lib/domain/access/principal.ts';
import type { Db } from '#lib/server/db/connection.ts';
import { ASKED_AGAIN } from '#lib/server/http/caching.ts';
import { refusalFault } from '#lib/server/http/command-answer.ts';
import { uuidParam } from '#lib/server/http/uuid.ts';
import { evidenceById, evidenceOfOfficer } from '#lib/server/repositories/evidence.ts';
import { officerOfPerson } from '#lib/server/repositories/officer.ts';
import type { RequestHandler } from './$types';

/** A photo, to whoever may read the register where its site stands, and to the officers who are sent there. */
export const GET: RequestHandler = async ({ params, locals: { db, scopedDb, scope, principal, caller, runtime } }) => {
	const id = uuidParam(params.id, 'photo');
	const photo = (await evidenceById(scopedDb, scope, id)) ?? (await photoOfOwnDay(db, principal, id));
	if (!photo) throw refusalFault({ reason: 'not-found' });
	await runtime.sheets.opened(caller, `photo ${id}`);
	return new Response(new Uint8Array(photo.content), {
		headers: {
			'content-type': photo.mime,
			etag: `"${photo.sha256}"`,
			'cache-control': ASKED_AGAIN,
			'content-disposition': 'inline',
		},
	});
};

async function photoOfOwnDay(db: Db, principal: Principal, id: string) {
	const officer = principal.kind === 'person' ? await officerOfPerson(db, principal.id) : undefined;
	return officer && evidenceOfOfficer(db, officer.id, id);
}
