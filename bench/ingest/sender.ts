// Devices as a process of its own: keep-alive connections that send batches as fast as they are acknowledged.
// Bodies are templates in which only moment and number change, so that the sender costs next to nothing.

import { connect, type Socket } from 'node:net';
import { DEVICES, deviceId, VALUES } from './district.ts';

export interface Send {
	port: number;
	bearer: string;
	connections: number;
	perRequest: number;
	seconds: number;
}
export interface Sent {
	acknowledged: number;
	seconds: number;
	newestMs: number;
	refused: number;
}

const NUMBER = '100000000';
const MOMENT = '2026-01-01T00:00:00.000Z';
/** One for all connections, so that (device, moment, number) never comes twice. */
let number = Number(NUMBER);

process.on('message', async (send: Send) => process.send!(await run(send)));
process.send!({ ready: true });

async function run({ port, bearer, connections, perRequest, seconds }: Send): Promise<Sent> {
	const began = performance.now();
	const until = began + seconds * 1000;
	const total: Sent = { acknowledged: 0, seconds: 0, newestMs: 0, refused: 0 };
	const one = (i: number) =>
		new Promise<void>((resolve, reject) => {
			const first = Math.floor((i * DEVICES) / connections);
			const share = Math.max(Math.floor(DEVICES / connections), perRequest);
			const template = new Template(first, share, perRequest, bearer);
			const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
			socket.once('error', reject);
			socket.once('close', () => reject(new Error('The server closed a connection.')));
			const next = () => {
				if (performance.now() >= until) return void socket.end(resolve);
				total.newestMs = Date.now();
				socket.write(template.next(total.newestMs));
			};
			socket.on('connect', next);
			socket.on('data', (answer) => {
				const text = answer.toString('latin1');
				const accepted = /"accepted":(\d+)/.exec(text);
				if (accepted) total.acknowledged += Number(accepted[1]);
				else total.refused++;
				next();
			});
		});
	await Promise.all(Array.from({ length: connections }, (_, i) => one(i)));
	total.seconds = (performance.now() - began) / 1000;
	return total;
}

/** Requests for a share of the devices, a different part of it each time. */
class Template {
	readonly #requests: { bytes: Buffer; moments: number[]; numbers: number[] }[] = [];
	#turn = 0;

	constructor(first: number, share: number, perRequest: number, bearer: string) {
		for (let from = 0; from + perRequest <= share; from += perRequest) {
			const readings = Array.from(
				{ length: perRequest },
				(_, i) =>
					`{"device":"${deviceId((first + from + i) % DEVICES)}","at":"${MOMENT}","seq":${NUMBER},"values":${VALUES}}`,
			);
			const body = `{"readings":[${readings.join()}]}`;
			const head =
				`POST /api/v1/telemetry HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer ${bearer}\r\n` +
				`Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`;
			const text = head + body;
			this.#requests.push({
				bytes: Buffer.from(text, 'latin1'),
				moments: places(text, MOMENT),
				numbers: places(text, NUMBER),
			});
		}
	}

	next(nowMs: number): Buffer {
		const { bytes, moments, numbers } = this.#requests[this.#turn++ % this.#requests.length]!;
		const moment = Buffer.from(new Date(nowMs).toISOString(), 'latin1');
		for (const place of moments) moment.copy(bytes, place);
		const digits = Buffer.from(String(++number), 'latin1');
		for (const place of numbers) digits.copy(bytes, place);
		return bytes;
	}
}

function places(text: string, part: string): number[] {
	const found: number[] = [];
	for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length)) found.push(at);
	return found;
}
