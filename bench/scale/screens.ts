// What it costs to hand one piece of moving state to one more screen that is open.

import { fork } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openSockets } from '../../src/lib/server/sockets/io.ts';
import { sendState } from '../../src/lib/server/sockets/one-write.ts';
import type { Watch } from '../live/viewers.ts';
import { answerOf, ask, nodeOptions } from '../shared/talk.ts';

const SCREENS = 100;
const ROUNDS = 100;
const ROOM = 'screens';

/** @returns µs of processor time per screen, for one piece of so many bytes */
export async function usPerScreen(bytes: number): Promise<number> {
	const http = createServer();
	const io = openSockets(http);
	io.on('connection', (socket) => void socket.join(ROOM));
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
	const { port } = http.address() as AddressInfo;
	const viewers = fork(join(import.meta.dirname, '../live/viewers.ts'), { execArgv: nodeOptions });
	try {
		await answerOf(viewers);
		const { connected } = await ask<{ connected: number }>(viewers, {
			port,
			cookie: '',
			count: SCREENS,
		} satisfies Watch);
		if (connected < SCREENS) throw new Error(`Only ${connected} of ${SCREENS} screens could be opened.`);
		const piece = new Uint8Array(bytes);
		const began = process.cpuUsage();
		for (let round = 0; round < ROUNDS; round++) {
			sendState(io, ROOM, piece);
			await sleep(10);
		}
		const { user, system } = process.cpuUsage(began);
		await sleep(500);
		const { frames } = await ask<{ frames: number }>(viewers, 'look');
		if (frames < SCREENS * ROUNDS * 0.9) throw new Error(`Only ${frames} of ${SCREENS * ROUNDS} pieces arrived.`);
		return (user + system) / frames;
	} finally {
		viewers.kill();
		await io.close();
	}
}
