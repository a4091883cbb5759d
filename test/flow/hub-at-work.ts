// The sockets of a server over the parts of a test: one HTTP server for a file, a hub anew for each start.

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import type { Databases } from '#lib/server/db/connection.ts';
import { pulseMaker } from '#lib/server/live/pulse.ts';
import { startHub, type Hub, type HubParts } from '#lib/server/sockets/hub.ts';
import type { Io } from '#lib/server/sockets/io.ts';
import type { AtWork } from './at-work.ts';

export async function openSocketDoor(): Promise<{ io: Io; url: string }> {
	const http = createServer();
	const io: Io = new Server(http, { serveClient: false });
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	return { io, url: `http://127.0.0.1:${(http.address() as AddressInfo).port}` };
}

/** @param people - who comes and what they may do: a test's own */
export function hubOver(
	io: Io,
	databases: Databases,
	work: AtWork,
	people: Pick<HubParts, 'visitorOf' | 'recheck' | 'move' | 'seen'>,
): Hub {
	const { live, ingest, faults } = work;
	return startHub({
		...{ io, state: live.state, wall: live.wall, feed: live.feed, read: databases.read },
		scoped: (scope) => databases.scoped(scope),
		pulse: pulseMaker(databases, live, ingest, () => work.now.getTime()).of,
		onFault: (error) => faults.push(error),
		now: () => Date.now(),
		...people,
	});
}
