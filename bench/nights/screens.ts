// Those who watch, as a process of its own, and a few devices that nobody else sends for: each says one load that no
// other says, and it is noted when every screen has it.

import { io, type Socket } from 'socket.io-client';
import { decodeDelta } from '../../src/lib/domain/picture/delta.ts';
import { deviceId, DEVICES, SET_APART } from '../ingest/district.ts';

export interface Look {
	port: number;
	bearer: string;
	cookie: string;
	screens: number;
	seconds: number;
}
export interface Looked {
	sent: number;
	/** Milliseconds from a device's send to each screen's handler, the shortest first. */
	delaysMs: number[];
}

const EVERY_MS = 250;
/** Tenths of a per cent, as the picture has them: below every limit, and not what the others say. */
const FIRST_LOAD = 500;
const LOADS = 200;
/** The last may still be on its way. */
const AFTER_MS = 5000;

process.on('message', (look: Look) => void run(look).then((looked) => process.send!(looked)));
process.send!({ ready: true });

async function run({ port, bearer, cookie, screens, seconds }: Look): Promise<Looked> {
	const sentMs = new Map<number, number>();
	const delaysMs: number[] = [];
	const origin = `http://127.0.0.1:${port}`;
	const sockets = await Promise.all(
		Array.from({ length: screens }, () => screen(origin, cookie, (load) => arrived(load))),
	);
	function arrived(load: number): void {
		const at = sentMs.get(load);
		if (at !== undefined) delaysMs.push(performance.now() - at);
	}

	const until = performance.now() + seconds * 1000;
	let sent = 0;
	for (; performance.now() < until && sent < Math.min(LOADS, SET_APART); sent++) {
		const load = FIRST_LOAD + sent;
		sentMs.set(load, performance.now());
		await say(origin, bearer, deviceId(DEVICES + sent), load / 10);
		await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
	}
	await new Promise((resolve) => setTimeout(resolve, AFTER_MS));
	for (const socket of sockets) socket.disconnect();
	return { sent, delaysMs: delaysMs.sort((a, b) => a - b) };
}

/** A browser's socket that has its first picture; every load it is told of is told once. */
function screen(origin: string, cookie: string, onLoad: (load: number) => void): Promise<Socket> {
	const socket = io(origin, { transports: ['websocket'], forceNew: true, extraHeaders: { cookie, origin } });
	const known = new Set<number>();
	socket.on('state', (bytes: ArrayBuffer) => {
		for (const load of decodeDelta(new Uint8Array(bytes)).load) {
			if (load < FIRST_LOAD || known.has(load)) continue;
			known.add(load);
			onLoad(load);
		}
	});
	return new Promise((resolve, reject) => {
		socket.once('picture', () => resolve(socket));
		socket.once('connect_error', reject);
	});
}

async function say(origin: string, bearer: string, device: string, momentPercent: number): Promise<void> {
	const reading = { device, at: new Date().toISOString(), seq: 1, values: { momentPercent } };
	const response = await fetch(`${origin}/api/v1/telemetry`, {
		...{ method: 'POST', body: JSON.stringify({ readings: [reading] }) },
		headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
	});
	if (!response.ok) throw new Error(`A reading was refused: ${await response.text()}`);
}
