// Wakes the other processes through Redis, so that they look into the database at once instead of a moment later.
// Redis carries no data: without it, and while it is away, everything only takes that moment longer.

import { createClient } from 'redis';

export type Wake = 'events' | 'readings';

export interface Waker {
	/** Several within a few milliseconds become one. */
	tell(what: Wake): void;
	isUp(): boolean;
	close(): Promise<void>;
}

const CHANNEL = 'sitewatch:wake';
const GATHER_MS = 10;
const LONGEST_PAUSE_MS = 2000;

export type RedisClient = ReturnType<typeof createClient>;

/** What may wait for a Redis that is away; rooms say a few words a minute. */
const WAITING_MOST = 5000;

/**
 * A client that comes back by itself and lets nobody wait while it is away.
 *
 * @param waits - lets commands wait instead: the adapter of the rooms asks again at once when it is refused, and a loop
 *   of refusals would let nothing else of the process have a turn
 */
export function redisClient(url: string, onFault: (error: unknown) => void, waits = false): RedisClient {
	let isTold = false;
	const client = createClient({
		url,
		...(waits ? { commandsQueueMaxLength: WAITING_MOST } : { disableOfflineQueue: true }),
		socket: { reconnectStrategy: (tries) => Math.min(50 * 2 ** tries, LONGEST_PAUSE_MS) },
	});
	client.on('error', (error) => {
		if (!isTold) onFault(error);
		isTold = true;
	});
	client.on('ready', () => (isTold = false));
	return client as RedisClient;
}

export async function openWaker(
	url: string,
	onWake: (what: Wake) => void,
	onFault: (error: unknown) => void,
): Promise<Waker> {
	const sender = redisClient(url, onFault);
	const listener = redisClient(url, onFault);
	// A Redis that is away at the start is waited for in the background.
	sender.connect().catch(onFault);
	void listener
		.connect()
		.then(() => listener.subscribe(CHANNEL, (message) => onWake(message as Wake)))
		.catch(onFault);

	const waiting = new Set<Wake>();
	return {
		tell(what) {
			if (waiting.has(what) || !sender.isReady) return;
			waiting.add(what);
			setTimeout(() => {
				waiting.delete(what);
				if (sender.isReady) sender.publish(CHANNEL, what).catch(onFault);
			}, GATHER_MS);
		},
		isUp: () => sender.isReady && listener.isReady,
		async close() {
			await Promise.allSettled([sender.close(), listener.close()].map((closing) => Promise.resolve(closing)));
			sender.destroy();
			listener.destroy();
		},
	};
}
