// Rooms of socket.io over all processes, through Redis.

import { setTimeout as sleep } from 'node:timers/promises';
import { createAdapter } from '@socket.io/redis-streams-adapter';
import { announceEndedSessions, onSessionsEnded, type EndedSessions } from '../auth/session-end.ts';
import type { Io } from '../sockets/io.ts';
import { redisClient } from './wake.ts';

const ENDED = 'sessions:ended';

const PATIENCE_MS = 2000;

/**
 * A session ended in one is ended in each at once. Needs Redis at the start, because rooms cannot be moved from one
 * adapter to another; without it the others learn of it when they next look, within seconds.
 */
export async function shareRooms(io: Io, url: string, onFault: (error: unknown) => void): Promise<() => void> {
	const client = redisClient(url, onFault, true);
	let isFromElsewhere = false;
	const connected = client.connect().then(
		() => true,
		() => false,
	);
	if (!(await Promise.race([connected, sleep(PATIENCE_MS, false, { ref: false })]))) {
		client.destroy();
		return () => undefined;
	}
	io.adapter(createAdapter(client) as unknown as Parameters<Io['adapter']>[0]);
	const messages = io as unknown as {
		on(event: string, listener: (ended: EndedSessions) => void): void;
		off(event: string, listener: (ended: EndedSessions) => void): void;
		serverSideEmit(event: string, ended: EndedSessions): boolean;
	};
	const hear = (ended: EndedSessions): void => {
		isFromElsewhere = true;
		announceEndedSessions(ended);
		isFromElsewhere = false;
	};
	messages.on(ENDED, hear);
	const stop = onSessionsEnded('cluster', (ended) => {
		if (!isFromElsewhere && client.isReady) messages.serverSideEmit(ENDED, ended);
	});
	return () => {
		stop();
		messages.off(ENDED, hear);
		client.destroy();
	};
}
