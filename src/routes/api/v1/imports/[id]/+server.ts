import { CommitRequest, DraftChange, type ImportDraft } from '#lib/contract/import.ts';
import { commitImport } from '#lib/server/commands/commit-import.ts';
import { redraftImport } from '#lib/server/commands/draft-import.ts';
import { Fault } from '#lib/server/errors.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import { isUuid } from '#lib/server/http/uuid.ts';
import { draftById } from '#lib/server/repositories/import-draft.ts';
import type { RequestHandler } from './$types';

export const GET: RequestHandler = async ({ locals, params }) => {
	const draft = isUuid(params.id) ? await draftById<ImportDraft>(locals.db, params.id) : undefined;
	if (!draft?.summary) throw noDraft(params.id);
	return Response.json(draft.summary);
};

/** Reads the file again with another mapping, datum or extent. */
export const PATCH: RequestHandler = async ({ request, locals, params, getClientAddress }) => {
	if (!isUuid(params.id)) throw noDraft(params.id);
	const { runtime, principal } = locals;
	const change = await jsonBody(request, DraftChange);
	const caller = { principal, address: getClientAddress(), now: new Date() };
	return Response.json(
		await redraftImport(runtime.databases.ingest, caller, params.id, runtime.config.DISTRICT, change),
	);
};

/** Takes the draft into the register. */
export const POST: RequestHandler = async ({ request, locals, params, getClientAddress }) => {
	if (!isUuid(params.id)) throw noDraft(params.id);
	const { runtime, principal } = locals;
	const { confirm } = await jsonBody(request, CommitRequest);
	const caller = { principal, address: getClientAddress(), now: new Date() };
	const announce = runtime.hub.announce.bind(runtime.hub);
	return Response.json(await commitImport(runtime.databases.ingest, caller, params.id, { confirm, announce }));
};

function noDraft(id: string): Fault {
	return new Fault(
		'not-found',
		`draft ${id}`,
		'没有这份导入草稿，或已导入、已过期 · There is no such draft: it was committed, or has expired.',
	);
}
