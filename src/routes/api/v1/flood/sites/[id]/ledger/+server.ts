import { LedgerChange } from '#lib/contract/flood-entry.ts';
import { writeLedger } from '#lib/server/commands/write-ledger.ts';
import { callerOf, idOf, refusal } from '#lib/server/http/caller.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** One item of the flood ledger of a site is written or taken out. */
export const POST: RequestHandler = async (event) => {
	const { runtime } = event.locals;
	const siteId = idOf(event.params.id, 'site');
	const body = await jsonBody(event.request, LedgerChange);
	const change =
		body.do === 'put'
			? ({ what: 'item', id: body.id, item: body.item } as const)
			: ({ what: 'remove', id: body.id } as const);
	const result = await writeLedger(runtime.databases.ingest, callerOf(event), siteId, change);
	if (!result.ok) throw refusal(result.reason, `site ${siteId}`);
	runtime.live.feed.announce(result.events);
	return Response.json({ id: result.id });
};
