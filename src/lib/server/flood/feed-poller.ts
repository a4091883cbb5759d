// Looks every few seconds whether a polled feed is due, and asks those that are, one after the other.

import type { EventMessage } from '#lib/contract/events.ts';
import { pollFeed, type PollFeed, type PollPlace } from './poll-feed.ts';
import type { Db } from '../db/connection.ts';
import type { Outbound } from '../outbound/outbound.ts';

export interface FeedPoller {
	/** Asks one feed now. */
	ask(id: string): Promise<PollFeed>;
	/** Asks all that are due. */
	look(): Promise<void>;
	close(): Promise<void>;
}

export interface PollerOptions extends PollPlace {
	announce(events: readonly EventMessage[]): void;
	onFault(error: unknown): void;
	/** Zero: whoever started it calls `look` by himself. */
	everyMs: number;
}

export function startFeedPoller(db: Db, outbound: Outbound, options: PollerOptions): FeedPoller {
	let looking: Promise<void> | undefined;
	let isClosed = false;

	async function ask(id?: string): Promise<PollFeed> {
		const polled = await pollFeed(db, outbound, options, id);
		if (polled.ok) options.announce(polled.events);
		return polled;
	}
	async function lookAtAll(): Promise<void> {
		for (let polled = await ask(); !isClosed && !('reason' in polled);) polled = await ask();
	}
	const look = () => (looking ??= lookAtAll().finally(() => (looking = undefined)));

	const timer =
		options.everyMs > 0 ? setInterval(() => void look().catch(options.onFault), options.everyMs) : undefined;
	timer?.unref();
	return {
		ask,
		look,
		async close() {
			isClosed = true;
			clearInterval(timer);
			await looking?.catch(() => undefined);
		},
	};
}
