import type { SourceEntry } from '#lib/contract/import.ts';
import { isTimely } from '#lib/server/commands/undo-import.ts';
import { namesOf } from '#lib/server/repositories/history.ts';
import { sources } from '#lib/server/repositories/source.ts';
import type { RequestHandler } from './$types';

const SHOWN = 200;

/** The history of imports, newest first. */
export const GET: RequestHandler = async ({ locals }) => {
	const now = new Date();
	const listed = await sources(locals.db, SHOWN);
	const names = await namesOf(locals.db, locals.scope, [...new Set(listed.map(({ createdBy }) => createdBy))]);
	const entries = listed.map((source): SourceEntry => ({
		id: source.id,
		kind: source.kind,
		subject: source.subject,
		name: source.name,
		datum: source.datum,
		createdAt: source.createdAt.toISOString(),
		createdBy: source.createdBy,
		createdByName: names.get(source.createdBy) ?? source.createdBy,
		undoneAt: source.undoneAt?.toISOString() ?? null,
		counts: {
			added: source.summary.added ?? 0,
			changed: source.summary.changed ?? 0,
			closed: source.summary.closed ?? 0,
		},
		canUndo: (source.kind === 'import' || source.kind === 'hand') && source.undoneAt === null && isTimely(source, now),
	}));
	return Response.json({ sources: entries });
};
