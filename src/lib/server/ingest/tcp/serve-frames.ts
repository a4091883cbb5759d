// A TCP port for devices: bytes are cut into frames, frames are taken one after the other per connection, and answered
// once they are stored. A connection that sends faster than it is stored is not read any further until it is.

import { createServer, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { ingestRules } from '#db/rules/ingest.ts';
import type { Dead, Decoded, Lost } from '../decode/decoded.ts';
import { takeDecoded, type Intake } from '../take-decoded.ts';

export interface Heard extends Decoded {
	reply?: Uint8Array | string;
	/** The bytes to keep, where they are more than those of this frame. */
	raw?: Uint8Array;
	/** What came before and will not be completed. */
	lost?: readonly Lost[];
}

/** What one connection says, frame by frame. */
export interface Conversation {
	/** @returns what the frame holds and what to answer; no readings while it is only a part */
	hear(frame: Uint8Array): Heard;
	/** What was not complete when the line ended. */
	end?(): readonly Lost[];
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
	const lines = new Map<Socket, Line>();

	async function talk(socket: Socket, line: Line): Promise<void> {
		const conversation = protocol.converse();
		let rest: Uint8Array = new Uint8Array(0);
		try {
			// Leaving the loop ends the connection; the next bytes are asked for when these are done.
			for await (const chunk of socket as AsyncIterable<Buffer>) {
				const cut = protocol.cut(rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk, rules.frame.value);
				rest = cut.rest;
				for (const raw of cut.noise) await keep({ dead: OUTSIDE, raw }, line);
				for (const frame of cut.frames) await take(conversation, frame, line, socket);
				line.waits(rest.length > 1, cut.frames.length > 0);
				if (line.unreadable > rules.unreadable.value || socket.writableLength > rules.unread.value) break;
			}
		} finally {
			// One byte alone is the mark that ended the last frame and might have begun another.
			if (rest.length > 1) await keep({ dead: HALF, raw: rest }, line);
			for (const lost of conversation.end?.() ?? []) await keep(lost, line);
		}
	}

	async function take(conversation: Conversation, frame: Uint8Array, line: Line, socket: Socket): Promise<void> {
		const { reply, raw = frame, lost = [], ...decoded } = conversation.hear(frame);
		for (const one of lost) await keep(one, line);
		const origin = { protocol: protocol.name, source: line.source, raw };
		await untilStored(() => takeDecoded(intake, decoded, origin), socket);
		if (decoded.dead) line.unreadable += frame.length;
		else line.understood();
		if (reply !== undefined && socket.writable) socket.write(reply);
	}

	function keep({ dead, raw }: Lost, line: Line): Promise<void> {
		line.unreadable += raw.length;
		return intake.deadLetters.keep({ ...dead, protocol: protocol.name, source: line.source, raw });
	}

	/** Room for one more: of those that were never understood, whoever has been here longest goes. */
	function makeRoom(): boolean {
		if (lines.size < rules.connections.value) return true;
		let quietest: Socket | undefined;
		for (const [socket, { isUnderstood }] of lines) if (!isUnderstood) quietest ??= socket;
		if (!quietest) return false;
		lines.delete(quietest);
		quietest.destroy();
		return true;
	}

	const server = createServer((socket) => {
		socket.on('error', () => undefined);
		if (!makeRoom()) return void socket.destroy();
		const line = new Line(socket);
		lines.set(socket, line);
		socket.setTimeout(rules.idle.value * 1000, () => socket.destroy());
		socket.once('close', () => {
			line.waits(false, true);
			lines.delete(socket);
		});
		talk(socket, line)
			.catch((error: unknown) => {
				if (!(error instanceof Error) || !('code' in error)) onFault(error);
			})
			.finally(() => socket.destroy());
	});
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
		connections: () => lines.size,
		async close() {
			const closed = new Promise<void>((resolve) => server.close(() => resolve()));
			for (const socket of lines.keys()) socket.destroy();
			await closed;
		},
	};
}

const OUTSIDE: Dead = { reason: 'bad-frame', detail: '帧外的字节 · Bytes that belong to no frame.' };
const HALF: Dead = {
	reason: 'bad-frame',
	detail: '帧未传完，连接已断 · The line ended before the frame was all there.',
};

/** What is known of one connection. */
class Line {
	readonly source: string;
	/** Whether anything it said was ever read. */
	isUnderstood = false;
	/** Bytes since then that nobody could read. */
	unreadable = 0;
	readonly #socket: Socket;
	#half: NodeJS.Timeout | undefined;

	constructor(socket: Socket) {
		this.#socket = socket;
		this.source = `${socket.remoteAddress ?? ''}:${socket.remotePort ?? ''}`;
	}

	understood(): void {
		this.isUnderstood = true;
		this.unreadable = 0;
	}

	/** A frame that has begun must come to its end: drop by drop it would hold its place for ever. */
	waits(forMore: boolean, begunAnew: boolean): void {
		if (!forMore || begunAnew) {
			clearTimeout(this.#half);
			this.#half = undefined;
		}
		if (forMore) this.#half ??= setTimeout(() => this.#socket.destroy(), ingestRules.tcp.frameWithin.value * 1000);
	}
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
