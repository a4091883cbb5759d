// A TCP port for devices: bytes are cut into frames, frames are taken one after the other per connection, and answered
// once they are stored. A connection that sends faster than it is stored is not read any further until it is.

import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ingestRules } from '#db/rules/ingest.ts';
import type { Decoded } from '../decode/decoded.ts';
import { takeDecoded, type Intake } from '../take-decoded.ts';

/** What one connection says, frame by frame. */
export interface Conversation {
	/** @returns what the frame holds and what to answer; undefined while it is only a part */
	hear(frame: Uint8Array): (Decoded & { reply?: Uint8Array | string }) | undefined;
}

export interface Protocol {
	name: string;
	cut(bytes: Uint8Array, longest: number): { frames: Uint8Array[]; noise: Uint8Array[]; rest: Uint8Array };
	converse(): Conversation;
}

export interface FrameDoor {
	port: number;
	connections(): number;
	close(): Promise<void>;
}

export interface ServeOptions {
	port: number;
	host: string;
	protocol: Protocol;
	intake: Intake;
	onFault: (error: unknown) => void;
}

/** @throws the system's error when the port cannot be had */
export async function serveFrames({ port, host, protocol, intake, onFault }: ServeOptions): Promise<FrameDoor> {
	const rules = ingestRules.tcp;
	const sockets = new Set<Socket>();

	async function talk(socket: Socket): Promise<void> {
		const source = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? ''}`;
		const conversation = protocol.converse();
		let rest: Uint8Array = new Uint8Array(0);
		// Leaving the loop ends the connection; the next bytes are asked for when these are done.
		for await (const chunk of socket as AsyncIterable<Buffer>) {
			const {
				frames,
				noise,
				rest: left,
			} = protocol.cut(rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk, rules.frame.value);
			rest = left;
			for (const bytes of noise) await dead(bytes, source);
			for (const frame of frames) await take(conversation, frame, source, socket);
		}
		// One byte alone is the mark that ended the last frame and might have begun another.
		if (rest.length > 1) await dead(rest, source);
	}

	async function take(conversation: Conversation, frame: Uint8Array, source: string, socket: Socket): Promise<void> {
		const heard = conversation.hear(frame);
		if (!heard) return;
		const { reply, ...decoded } = heard;
		await untilStored(() => takeDecoded(intake, decoded, { protocol: protocol.name, source, raw: frame }), socket);
		if (reply !== undefined && socket.writable) socket.write(reply);
	}

	function dead(raw: Uint8Array, source: string): Promise<void> {
		return intake.deadLetters.keep({
			...{ protocol: protocol.name, source, raw, reason: 'bad-frame' },
			detail: '帧外的字节 · Bytes that belong to no frame.',
		});
	}

	const server = createServer((socket) => {
		sockets.add(socket);
		socket.setTimeout(rules.idle.value * 1000, () => socket.destroy());
		socket.on('error', () => undefined);
		socket.once('close', () => sockets.delete(socket));
		talk(socket)
			.catch((error: unknown) => {
				if (!(error instanceof Error) || !('code' in error)) onFault(error);
			})
			.finally(() => socket.destroy());
	});
	server.maxConnections = rules.connections.value;
	await new Promise<void>((resolve, reject) => {
		server.once('error', reject);
		server.listen(port, host, () => {
			server.off('error', reject);
			resolve();
		});
	});
	server.on('error', onFault);

	return {
		port: (server.address() as { port: number }).port,
		connections: () => sockets.size,
		async close() {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			for (const socket of sockets) socket.destroy();
			await closed;
		},
	};
}

/** While the database is away nothing is answered and nothing more is read; the device keeps what it has. */
async function untilStored(store: () => Promise<void>, socket: Socket): Promise<void> {
	for (;;) {
		try {
			return await store();
		} catch (error) {
			if (socket.destroyed) throw error;
			await sleep(ingestRules.mqtt.retry.value * 1000);
		}
	}
}
