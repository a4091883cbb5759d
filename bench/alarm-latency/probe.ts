// One device after another goes over its limit, and beside each the same number of bytes goes the plain way. Tells when
// each was sent; a request that was turned away is sent again, and the time counts from the first.

import { WebSocket } from 'ws';
import { deviceId, DEVICES } from '../ingest/district.ts';

export interface Probe {
	port: number;
	rawPort: number;
	bearer: string;
	/** First to use of the devices that are set apart; none is used twice. */
	from: number;
	everyMs: number;
	seconds: number;
	/** What the plain way carries. */
	body: string;
}
/** By device or number: ns of the machine's clock. */
export interface Probed {
	alarms: Record<string, number>;
	raw: Record<string, number>;
	again: number;
}

let seq = Date.now();
let rawNo = 0;
process.on('message', (probe: Probe) => void run(probe).then((probed) => process.send!(probed)));
process.send!({ ready: true });

async function run({ port, rawPort, bearer, from, everyMs, seconds, body }: Probe): Promise<Probed> {
	const probed: Probed = { alarms: {}, raw: {}, again: 0 };
	const plain = new WebSocket(`ws://127.0.0.1:${rawPort}`);
	await new Promise((resolve) => plain.once('open', resolve));
	const sending: Promise<void>[] = [];
	const until = performance.now() + seconds * 1000;
	for (let i = from; performance.now() < until; i++) {
		sending.push(overload(DEVICES + i));
		await sleep(everyMs / 2);
		const key = String(++rawNo);
		probed.raw[key] = Number(process.hrtime.bigint());
		plain.send(`#${key} ${body}`);
		await sleep(everyMs / 2);
	}
	await Promise.all(sending);
	await sleep(1000);
	plain.close();
	return probed;

	/** A line that cannot be had is a way of being turned away too. */
	async function isTaken(body: string): Promise<boolean> {
		try {
			const response = await fetch(`http://127.0.0.1:${port}/api/v1/telemetry`, {
				...{ method: 'POST', body },
				headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' },
			});
			await response.text();
			return response.ok;
		} catch {
			return false;
		}
	}

	/** Four seconds above the limit: the second reading raises the alarm. */
	async function overload(i: number): Promise<void> {
		const device = deviceId(i);
		const nowMs = Date.now();
		const reading = (agoMs: number) =>
			`{"device":"${device}","at":"${new Date(nowMs - agoMs).toISOString()}","seq":${++seq},"values":{"momentPercent":104}}`;
		const text = `{"readings":[${reading(4000)},${reading(0)}]}`;
		probed.alarms[device] = Number(process.hrtime.bigint());
		for (;;) {
			if (await isTaken(text)) return;
			probed.again++;
			await sleep(100);
		}
	}
}

function sleep(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}
