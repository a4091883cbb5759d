// Moving state to a whole room. socket.io sends what is binary as two WebSocket frames, a header and the bytes, and makes both
// anew for each browser; with hundreds of browsers that is most of what the server does. Here both are made once and
// handed to each connection as one write.
// The option is the one socket.io's own adapter uses for text: https://github.com/websockets/ws/issues/617

import type { Io } from './io.ts';

const TEXT = 1;
const BINARY = 2;
const WHOLE = 0x80;

/** An event with one attachment, as socket.io writes it. */
const HEAD = '51-["state",{"_placeholder":true,"num":0}]';
const HEAD_FRAME = frame(Buffer.from(`4${HEAD}`), TEXT);

/** Sends moving state to whoever of a room can take it now; the others miss it, as with `volatile`. */
export function sendState(io: Io, room: string, bytes: Uint8Array): void {
	const members = io.sockets.adapter.rooms.get(room);
	if (!members) return;
	const options = { wsPreEncodedFrame: [Buffer.concat([...HEAD_FRAME, ...frame(bytes, BINARY)])] };
	for (const id of members) {
		const socket = io.sockets.sockets.get(id);
		if (!socket?.conn.transport.writable) continue;
		if (socket.conn.transport.name === 'websocket') socket.conn.write(HEAD, options as object);
		else socket.volatile.emit('state', asBuffer(bytes));
	}
}

/** socket.io sends a Buffer as it stands; the browser gets it as an ArrayBuffer. */
export function asBuffer(bytes: Uint8Array): ArrayBuffer {
	return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength) as unknown as ArrayBuffer;
}

/** A frame as a server sends it, whole and without a mask (RFC 6455, 5.2). */
function frame(data: Uint8Array, opcode: number): Buffer[] {
	const { length } = data;
	const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
	head[0] = WHOLE | opcode;
	if (length < 126) head[1] = length;
	else if (length < 65_536) {
		head[1] = 126;
		head.writeUInt16BE(length, 2);
	} else {
		head[1] = 127;
		head.writeBigUInt64BE(BigInt(length), 2);
	}
	return [head, Buffer.from(data.buffer, data.byteOffset, length)];
}
