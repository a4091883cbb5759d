import { ResumeDecision } from '#lib/contract/flood-entry.ts';
import { authorize } from '#lib/domain/access/authorize.ts';
import { decideResume } from '#lib/server/commands/resume-work.ts';
import { seesPeople } from '#lib/server/db/dossier-parts.ts';
import { callerOf, idOf, refusal } from '#lib/server/http/caller.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { linkDelivery } from '#lib/server/repositories/flood-link.ts';
import { noticeDetail } from '#lib/server/repositories/flood-notice.ts';
import type { RequestHandler } from './$types';

/** One order with its measures, answers, checklist and, for those who may send it, the link of the site. */
export const GET: RequestHandler = async ({ locals: { scopedDb, scope, principal, caller, runtime }, params }) => {
	const id = idOf(params.id, 'notice');
	const detail = await noticeDetail(scopedDb, scope, id);
	if (!detail) throw refusal('not-found', `notice ${id}`);
	if (seesPeople(scope)) await runtime.sheets.opened(caller, `site ${detail.siteId}`);
	const told = { ...detail, delivery: (await linkDelivery(scopedDb, id)) ?? null };
	return Response.json(authorize(principal, 'flood:direct').ok ? told : { ...told, link: null });
};

/** The gate: cleared to work again, or sent back with the reason. */
export const POST: RequestHandler = async (event) => {
	const { runtime } = event.locals;
	const id = idOf(event.params.id, 'notice');
	const result = await decideResume(
		runtime.databases.ingest,
		callerOf(event),
		id,
		await jsonBody(event.request, ResumeDecision),
	);
	if (!result.ok) throw refusal(result.reason, `notice ${id}`);
	runtime.live.feed.announce(result.events);
	return Response.json({ id });
};
