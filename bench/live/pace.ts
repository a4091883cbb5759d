// Sends at a steady rate, batches of a hundred, over HTTP or MQTT, and counts what was acknowledged.

import mqtt from 'mqtt';
import { deviceId, DEVICES, VALUES } from '../ingest/district.ts';

export interface Pace {
	over: 'http' | 'mqtt';
	port: number;
	bearer: string;
	/** Readings a second. */
	rate: number;
	seconds: number;
}
export interface Paced {
	sent: number;
	acknowledged: number;
	/** Batches that were turned away with the word to come again later. */
	later: number;
	/** Milliseconds from the send of a batch to its acknowledgement, the shortest first. */
	delaysMs: number[];
	seconds: number;
}

const BATCH = 100;
let number = Date.now();
let next = 0;

process.on('message', (pace: Pace) => void run(pace).then((paced) => process.send!(paced)));
process.send!({ ready: true });

function batch(): string {
	const at = new Date().toISOString();
	const readings = Array.from({ length: BATCH }, () => {
		next = (next + 1) % DEVICES;
		return `{"device":"${deviceId(next)}","at":"${at}","seq":${++number},"values":${VALUES}}`;
	});
	return `{"readings":[${readings.join()}]}`;
}

async function run({ over, port, bearer, rate, seconds }: Pace): Promise<Paced> {
	const [, publicId, secret] = /^swt_([0-9a-f]+)_(.+)$/.exec(bearer)!;
	const client =
		over === 'mqtt'
			? await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`, { username: publicId!, password: secret! })
			: undefined;
	const delaysMs: number[] = [];
	let later = 0;
	const send = async (): Promise<number> => {
		const body = batch();
		const sentMs = performance.now();
		if (client) {
			await client.publishAsync(`t/${publicId}/telemetry`, body, { qos: 1 });
			delaysMs.push(performance.now() - sentMs);
			return BATCH;
		}
		// Above the capacity connections break off as well; what was not answered was not acknowledged.
		const response = await fetch(`http://127.0.0.1:${port}/api/v1/telemetry`, {
			...{ method: 'POST', body, headers: { authorization: `Bearer ${bearer}`, 'content-type': 'application/json' } },
		}).catch(() => undefined);
		const answer = (await response?.json().catch(() => undefined)) as { accepted?: number } | undefined;
		if (response?.status === 429) later++;
		if (answer?.accepted) delaysMs.push(performance.now() - sentMs);
		return answer?.accepted ?? 0;
	};
	const began = performance.now();
	let sent = 0;
	const answers: Promise<number>[] = [];
	while (performance.now() - began < seconds * 1000) {
		const due = ((performance.now() - began) / 1000) * rate;
		for (; sent + BATCH <= due; sent += BATCH) answers.push(send());
		await new Promise((resolve) => setTimeout(resolve, 10));
	}
	const acknowledged = (await Promise.all(answers)).reduce((sum, count) => sum + count, 0);
	await client?.endAsync();
	delaysMs.sort((a, b) => a - b);
	return { sent, acknowledged, later, delaysMs, seconds: (performance.now() - began) / 1000 };
}
