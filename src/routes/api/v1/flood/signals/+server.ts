import { CMA_ALARM_INFO } from '#lib/domain/flood/public-json.ts';
import { takeSignals } from '#lib/server/commands/take-signals.ts';
import { Fault } from '#lib/server/errors.ts';
import { expectedArea } from '#lib/server/flood/expected.ts';
import { readCap } from '#lib/server/flood/read-cap.ts';
import { oursOf, readList } from '#lib/server/flood/read-list.ts';
import { callerOf } from '#lib/server/http/caller.ts';
import { fileBody } from '#lib/server/http/read-body.ts';
import { signalViews } from '#lib/server/repositories/flood-signal.ts';
import type { RequestHandler } from './$types';

const DAYS_MS = 30 * 86_400_000;

/** Signals of the last thirty days and everything that still holds. */
export const GET: RequestHandler = async ({ locals }) => {
	const now = new Date();
	return Response.json({ signals: await signalViews(locals.scopedDb, locals.scope, new Date(+now - DAYS_MS), now) });
};

/** CAP as XML, or a list of a public weather service as JSON; as the body or as `file` of a form. */
export const POST: RequestHandler = async (event) => {
	const { runtime, db } = event.locals;
	const { name, bytes } = await fileBody(event.request);
	const text = new TextDecoder('utf-8', { fatal: false }).decode(bytes);
	const expected = await expectedArea(db, runtime.config.DISTRICT);
	const isJson = /^[\s\ufeff]*[[{]/.test(text);
	const read = isJson
		? readList(text, 'cma-alarminfo', CMA_ALARM_INFO, expected, oursOf(runtime.config))
		: readCap(text, expected);
	if (read.messages.length === 0 && read.refused.length > 0)
		throw new Fault('bad-input', name ?? 'signals', read.refused.map(({ sentence }) => sentence).join(' '), {
			details: read.refused,
		});
	const caller = callerOf(event);
	const taken = await takeSignals(runtime.databases.ingest, caller, read.messages, name === null ? 'push' : 'file');
	runtime.live.feed.announce(taken.events);
	const { events: _, ...answer } = taken;
	// A list of the whole country may hold nothing for this district: that is no mistake, and is said.
	return Response.json({ ...answer, refused: read.refused, elsewhere: read.elsewhere });
};
