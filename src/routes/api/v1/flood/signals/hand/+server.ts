import { HandSignal } from '#lib/contract/flood-entry.ts';
import { messageByHand } from '#lib/server/commands/enter-signal.ts';
import { takeSignals } from '#lib/server/commands/take-signals.ts';
import { callerOf, refusal } from '#lib/server/http/caller.ts';
import { jsonBody } from '#lib/server/http/read-body.ts';
import type { RequestHandler } from './$types';

/** A signal entered by hand, or one that was, changed or lifted. */
export const POST: RequestHandler = async (event) => {
	const { runtime } = event.locals;
	const entry = await jsonBody(event.request, HandSignal);
	const caller = callerOf(event);
	const made = await messageByHand(runtime.databases.ingest, entry, caller.now);
	if (!made.ok) throw refusal(made.reason, 'signal');
	const taken = await takeSignals(runtime.databases.ingest, caller, [made.message], 'hand');
	runtime.live.feed.announce(taken.events);
	return Response.json({ signals: taken.signals }, { status: 201 });
};
