// Dust stations as they really speak: HJ 212-2017 over TCP, one frame per report, the next one when the platform has
// answered.

import { connect, type Socket } from 'node:net';
import type { Reading, TelemetryAnswer } from '#lib/contract/telemetry.ts';
import { hj212Checksum } from '#lib/domain/device/hj212-checksum.ts';

/** Our quantities by the codes of the standard. */
const CODES: Readonly<Record<string, string>> = { pm25: 'a34004', pm10: 'a34002', noiseDb: 'LA', windMs: 'a01007' };
/** Of the standard of 2017, and an answer is asked for. */
const FLAG = 5;
const SHANGHAI_MS = 8 * 3_600_000;

export interface Line {
	/** @throws Error when the platform cannot be reached or does not answer in time */
	send(readings: readonly Reading[]): Promise<TelemetryAnswer>;
	close(): void;
}

/** One report as the station writes it. */
export function hj212Frame({ device, at, values }: Reading): string {
	const local = new Date(Date.parse(at) + SHANGHAI_MS).toISOString().replace(/\D/g, '');
	const data = Object.entries(values).flatMap(([name, value]) => {
		const code = CODES[name];
		return code ? [`${code}-Rtd=${String(value)},${code}-Flag=${typeof value === 'number' ? 'N' : 'D'}`] : [];
	});
	const content = [`DataTime=${local.slice(0, 14)}`, ...data].join(';');
	const segment = `QN=${local.slice(0, 17)};ST=22;CN=2011;PW=123456;MN=${device};Flag=${FLAG};CP=&&${content}&&`;
	return `##${String(segment.length).padStart(4, '0')}${segment}${hj212Checksum(segment)}\r\n`;
}

/** @param address - host:port */
export function openHj212(address: string, deadlineMs: number): Line {
	const at = address.lastIndexOf(':');
	const [host, port] = [address.slice(0, at), Number(address.slice(at + 1))];
	let socket: Socket | undefined;

	function line(): Socket {
		if (socket && !socket.destroyed) return socket;
		socket = connect({ host, port });
		socket.setNoDelay(true);
		socket.on('error', () => undefined);
		return socket;
	}

	/** Resolves when a whole frame came back. */
	function answered(on: Socket): Promise<void> {
		return new Promise((resolve, reject) => {
			let heard = '';
			const done = (error?: Error) => {
				clearTimeout(timer);
				on.off('data', hear).off('close', lost);
				if (error) reject(error);
				else resolve();
			};
			const hear = (chunk: Buffer) => {
				heard += chunk.toString('latin1');
				if (heard.includes('\r\n')) done();
			};
			const lost = () => done(new Error(`HJ 212 at ${address}: the line broke.`));
			const timer = setTimeout(() => {
				on.destroy();
				done(new Error(`HJ 212 at ${address}: no answer.`));
			}, deadlineMs);
			on.on('data', hear).on('close', lost);
		});
	}

	return {
		async send(readings) {
			for (const reading of readings) {
				const on = line();
				const answer = answered(on);
				on.write(hj212Frame(reading), 'latin1');
				await answer;
			}
			return { accepted: readings.length, duplicates: 0, rejected: [] };
		},
		close: () => void socket?.destroy(),
	};
}
