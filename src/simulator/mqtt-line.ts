// Devices that speak MQTT: hoists through one gateway that gathers their readings, welding machines and cameras each in
// the flat frames of their vendors, with a picture beside what a camera has seen. QoS 1: acknowledged means stored.

import { connect, type MqttClient } from 'mqtt';
import type { Reading } from '#lib/contract/telemetry.ts';
import type { Line } from './hj212-line.ts';
import { stillOf } from './still.ts';

export interface Message {
	topic: string;
	payload: string;
}

const PUBLIC_ID = /^swt_([0-9a-f]{32})_/;

/**
 * The messages that carry some readings.
 *
 * @param token - its public part names the topic of the gateway
 * @param permitOf - permit number of the site of a device that has a topic of its own
 */
export function messagesOf(
	readings: readonly Reading[],
	token: string,
	permitOf: (deviceId: string) => string | undefined,
): Message[] {
	const gathered: Reading[] = [];
	const own: Message[] = [];
	for (const reading of readings) {
		const permit = permitOf(reading.device);
		if (permit === undefined) gathered.push(reading);
		else own.push(frameOf(reading, permit));
	}
	const gateway = { topic: `t/${PUBLIC_ID.exec(token)?.[1] ?? 'unknown'}/telemetry` };
	return [...(gathered.length > 0 ? [{ ...gateway, payload: JSON.stringify({ readings: gathered }) }] : []), ...own];
}

function frameOf({ device, at, seq, values }: Reading, permit: string): Message {
	const { aiEvent, confidence, welding, currentA, longitude, latitude } = values;
	const kind = device.startsWith('HJ') ? 'hotWork' : 'aiCamera';
	const topic = `site/${permit}/${kind}/${device}/telemetry`;
	const frame = { deviceId: device, ts: at, seq };
	const payload =
		typeof welding === 'boolean'
			? { ...frame, action: welding ? 'start' : 'stop', current: currentA, longitude, latitude }
			: typeof aiEvent === 'string'
				? { ...frame, event: aiEvent, confidence, image: stillOf(device, aiEvent).toString('base64') }
				: { ...frame, values };
	return { topic, payload: JSON.stringify(payload) };
}

export function openMqtt(
	url: string,
	token: string,
	permitOf: (deviceId: string) => string | undefined,
	deadlineMs: number,
): Line {
	let client: MqttClient | undefined;

	function line(): MqttClient {
		// What could not be sent is kept and sent again by whoever calls; the client keeps nothing of its own.
		client ??= connect(url, { username: 'simulator', password: token, clean: true, connectTimeout: deadlineMs }).on(
			'error',
			() => undefined,
		);
		return client;
	}

	return {
		async send(readings) {
			const on = line();
			if (!on.connected) throw new Error(`MQTT at ${url}: not connected.`);
			let timer: NodeJS.Timeout | undefined;
			const late = new Promise<never>((_, reject) => {
				timer = setTimeout(() => reject(new Error(`MQTT at ${url}: not acknowledged.`)), deadlineMs);
			});
			try {
				for (const { topic, payload } of messagesOf(readings, token, permitOf))
					await Promise.race([on.publishAsync(topic, payload, { qos: 1 }), late]);
			} finally {
				clearTimeout(timer);
			}
			return { accepted: readings.length, duplicates: 0, rejected: [] };
		},
		close: () => void client?.end(true),
	};
}
