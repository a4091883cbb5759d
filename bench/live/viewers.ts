// Two hundred browsers as a process of its own: sockets that take everything they are sent, and count it.

import { io, type Socket } from 'socket.io-client';

export interface Watch {
	port: number;
	cookie: string;
	count: number;
}

const sockets: Socket[] = [];
let frames = 0;
let events = 0;
let refused = '';

process.on('message', (message: Watch | 'look') => {
	if (message === 'look')
		process.send!({ connected: sockets.filter(({ connected }) => connected).length, frames, events });
	else void open(message).then((connected) => process.send!({ connected }));
});
process.send!({ ready: true });

async function open({ port, cookie, count }: Watch): Promise<number> {
	for (let i = 0; i < count; i++) {
		const socket = io(`http://127.0.0.1:${port}`, {
			...{ transports: ['websocket'], forceNew: true, extraHeaders: { cookie, origin: `http://127.0.0.1:${port}` } },
		});
		socket.on('connect_error', (error) => (refused = error.message));
		socket.on('state', () => frames++);
		socket.on('events', (list: unknown[]) => (events += list.length));
		sockets.push(socket);
	}
	for (let i = 0; i < 600 && sockets.some(({ connected }) => !connected); i++)
		await new Promise((resolve) => setTimeout(resolve, 50));
	const connected = sockets.filter((socket) => socket.connected).length;
	if (connected < count) console.error(`A browser was refused: ${refused}`);
	return connected;
}
