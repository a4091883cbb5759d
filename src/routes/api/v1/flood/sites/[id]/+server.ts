import { SiteSurvey } from '#lib/contract/flood-entry.ts';
import { writeLedger } from '#lib/server/commands/write-ledger.ts';
import { seesPeople } from '#lib/server/db/dossier-parts.ts';
import { readFloodSite } from '#lib/server/flood/read-site.ts';
import { callerOf, idOf, refusal } from '#lib/server/http/caller.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** Everything the flood season knows of one site. */
export const GET: RequestHandler = async ({ locals: { scopedDb, scope, caller, runtime }, params }) => {
	const id = idOf(params.id, 'site');
	const site = await readFloodSite(scopedDb, scope, id, new Date());
	if (!site) throw refusal('not-found', `site ${id}`);
	if (seesPeople(scope)) await runtime.sheets.opened(caller, `site ${id}`);
	return Response.json(site);
};

/** The survey of a site: what a flood would meet there. */
export const PUT: RequestHandler = async (event) => {
	const { runtime } = event.locals;
	const id = idOf(event.params.id, 'site');
	const survey = await jsonBody(event.request, SiteSurvey);
	const result = await writeLedger(runtime.databases.ingest, callerOf(event), id, { what: 'survey', survey });
	if (!result.ok) throw refusal(result.reason, `site ${id}`);
	runtime.live.feed.announce(result.events);
	await runtime.flood.judge();
	return Response.json({ id });
};
