import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Server } from 'socket.io';
import { io as connect } from 'socket.io-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Io } from './io.ts';
import { sendState } from './one-write.ts';

const http = createServer();
const io: Io = new Server(http, { serveClient: false });

beforeAll(async () => {
	io.on('connection', (socket) => void socket.join('room'));
	await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
});
afterAll(() => io.close());

describe('moving state to a whole room', () => {
	for (const transport of ['websocket', 'polling'])
		for (const length of [1, 125, 126, 65_535, 65_536, 200_000])
			it(`${length} bytes of it arrive over ${transport} as they were sent, and what is sent after it too`, async () => {
				const { port } = http.address() as AddressInfo;
				const socket = connect(`http://127.0.0.1:${port}`, { transports: [transport], forceNew: true });
				await new Promise<void>((resolve) => socket.on('connect', resolve));
				const bytes = Uint8Array.from({ length }, (_, i) => i * 7);
				const arrived = new Promise<Uint8Array>((resolve) =>
					socket.on('state', (sent: ArrayBuffer) => resolve(new Uint8Array(sent))),
				);
				const pulse = new Promise<unknown>((resolve) => socket.on('session:ended', resolve));
				// A browser that polls can take nothing until it has asked again.
				while (!io.sockets.sockets.values().next().value?.conn.transport.writable)
					await new Promise((resolve) => setTimeout(resolve, 5));
				sendState(io, 'room', bytes);
				io.to('room').emit('session:ended', 'later');
				expect(Buffer.compare(await arrived, bytes)).toBe(0);
				expect(await pulse).toBe('later');
				socket.close();
				while (io.sockets.sockets.size > 0) await new Promise((resolve) => setTimeout(resolve, 5));
			});

	it('nobody there: nothing happens', () => {
		expect(() => sendState(io, 'empty', new Uint8Array(3))).not.toThrow();
	});
});
