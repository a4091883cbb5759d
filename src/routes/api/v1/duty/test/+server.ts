import { tryLadder } from '#lib/server/commands/try-ladder.ts';
import type { RequestHandler } from './$types';

/** Tells every rung at once, marked as a drill, so that a bureau sees who is reached and how. */
export const POST: RequestHandler = async ({ locals: { principal, runtime }, getClientAddress }) => {
	const caller = { principal, address: getClientAddress(), now: new Date() };
	const { databases, live, config } = runtime;
	const events = await tryLadder(
		{ db: databases.alarm, describe: live.describe, webhook: config.ALARM_WEBHOOK_URL },
		caller,
	);
	live.feed.announce(events);
	return Response.json({ told: events.length });
};
