// The bureau's broker, read by shared subscriptions: several connections, and several processes, share the load. A
// message is acknowledged after its readings are committed, in the order the messages came; what is not acknowledged
// stays with the broker. Messages of one device come side by side then; `holdBackMs` says how long they are held back
// before they are judged.

import { setTimeout as sleep } from 'node:timers/promises';
import mqtt, { type IPublishPacket, type MqttClient, type Packet } from 'mqtt';
import { ingestRules } from '#db/rules/ingest.ts';
import type { MqttDoor } from './embedded-broker.ts';
import { takeMessage, type MqttIntake } from './take-message.ts';
import { FILTERS } from './topic.ts';

export interface BureauOptions {
	url: string;
	connections: number;
	/** The same at every start of this process, and of no other: its sessions are kept by the broker. */
	instance: string;
	intake: MqttIntake;
	onFault: (error: unknown) => void;
}

const GROUP = 'sitewatch';
const SHARED = FILTERS.map((filter) => `$share/${GROUP}/${filter}`);
/** Messages the broker had sent before it heard that the share is given up. */
const LAST_WORDS_MS = 500;
/** The broker keeps what came while this process was away. */
const KEEP_SESSION_S = 86_400;
const UNSUPPORTED = new Set([1, 0x84]);

/** How long readings wait for those that they may have overtaken, ms. */
export function holdBackMs(
	{ MQTT_URL, MQTT_CONNECTIONS }: { MQTT_URL: string; MQTT_CONNECTIONS: number },
	hasOthers: boolean,
): number {
	if (!MQTT_URL || (MQTT_CONNECTIONS <= 1 && !hasOthers)) return 0;
	const { orderWithin, orderWithinProcesses } = ingestRules.mqtt;
	return (hasOthers ? orderWithinProcesses : orderWithin).value * 1000;
}

export function readBureauBroker({ url, connections, instance, intake, onFault }: BureauOptions): MqttDoor {
	const lines = Array.from({ length: connections }, (_, i) =>
		openLine({ url, clientId: `sitewatch-${instance}-${i}`, intake, onFault }),
	);
	return {
		problem() {
			const up = lines.filter((line) => line.isUp()).length;
			if (up === lines.length) return undefined;
			return `上级消息服务器 ${up}/${lines.length} 条连接 · ${up} of ${lines.length} connections to the MQTT broker`;
		},
		connections: () => lines.filter((line) => line.isUp()).length,
		async close(leaves = false) {
			await Promise.all(lines.map((line) => line.close(leaves)));
		},
	};
}

interface LineOptions {
	url: string;
	clientId: string;
	intake: MqttIntake;
	onFault: (error: unknown) => void;
}

function openLine({ url, clientId, intake, onFault }: LineOptions) {
	let version: 4 | 5 = 5;
	let isSubscribed = false;
	let isClosed = false;
	let settled: () => Promise<unknown> = () => Promise.resolve();
	let client = connect();

	function connect(): MqttClient {
		const opened = mqtt.connect(url, {
			...{ protocolVersion: version, clientId, clean: false, reconnectPeriod: 1000, connectTimeout: 5000 },
			...(version === 5 && {
				properties: { sessionExpiryInterval: KEEP_SESSION_S, receiveMaximum: ingestRules.mqtt.inFlight.value },
			}),
			resubscribe: false,
		});
		settled = acknowledgeAfter(opened, (packet) => take(packet));
		opened.on('connect', () => {
			opened.subscribe(SHARED, { qos: 1 }, (error, granted) => {
				isSubscribed = !error && (granted ?? []).every(({ qos }) => qos < 128);
				if (!isSubscribed && !isClosed) onFault(error ?? new Error(`${url}: the shared subscription was refused.`));
			});
		});
		opened.on('close', () => (isSubscribed = false));
		opened.on('error', (error) => {
			if (version === 4 || !UNSUPPORTED.has(Number((error as { code?: unknown }).code))) return;
			version = 4;
			opened.end(true);
			client = connect();
		});
		return opened;
	}

	/** Tries until it is stored: the broker sends an unacknowledged message again only on a new connection. */
	async function take({ topic, payload }: IPublishPacket): Promise<void> {
		const bytes = typeof payload === 'string' ? Buffer.from(payload) : payload;
		while (!isClosed) {
			try {
				return await takeMessage(intake, topic, bytes);
			} catch {
				await sleep(ingestRules.mqtt.retry.value * 1000);
			}
		}
		throw new Error('closed');
	}

	/**
	 * Gives the share up, so that the broker hands everything to the others instead of keeping half of it for a session
	 * nobody comes back to; what is on its way here is stored and acknowledged first.
	 */
	async function leave(): Promise<void> {
		await client.unsubscribeAsync(SHARED);
		await sleep(LAST_WORDS_MS);
		await settled();
	}

	return {
		isUp: () => isSubscribed,
		async close(leaves: boolean) {
			if (leaves && isSubscribed) await leave().catch(onFault);
			isClosed = true;
			await client.endAsync(true);
		},
	};
}

/**
 * Holds each PUBACK back until its message is stored, while further messages are already being read: the library hands
 * over one message at a time and would otherwise wait out every commit.
 *
 * @returns waits until everything that came so far is acknowledged
 */
function acknowledgeAfter(client: MqttClient, take: (packet: IPublishPacket) => Promise<void>): () => Promise<unknown> {
	const stored = new Map<number, Promise<void>>();
	let line: Promise<unknown> = Promise.resolve();
	let connection = 0;
	client.on('close', () => {
		connection++;
		stored.clear();
	});
	client.handleMessage = (packet, done) => {
		const taken = take(packet);
		taken.catch(() => undefined);
		if (packet.qos === 1 && packet.messageId !== undefined) stored.set(packet.messageId, taken);
		done();
	};
	type Send = (packet: Packet, ...rest: unknown[]) => unknown;
	const held = client as unknown as { _sendPacket: Send };
	const send = held._sendPacket.bind(client);
	held._sendPacket = (packet, ...rest) => {
		const waiting = packet.cmd === 'puback' ? stored.get(packet.messageId!) : undefined;
		if (!waiting) return send(packet, ...rest);
		stored.delete((packet as { messageId: number }).messageId);
		const [done] = rest;
		if (typeof done === 'function') (done as () => void)();
		const through = connection;
		line = Promise.all([line, waiting]).then(
			() => through === connection && client.connected && send(packet),
			() => undefined,
		);
		return undefined;
	};
	return () => line;
}
