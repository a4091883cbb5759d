// One connection to the bureau's broker, with a session that the broker keeps. A message is acknowledged after its
// readings are committed, in the order the messages came; what is not acknowledged stays with the broker.

import { setTimeout as sleep } from 'node:timers/promises';
import mqtt, { type IPublishPacket, type MqttClient } from 'mqtt';
import { ingestRules } from '#db/rules/ingest.ts';
import { acknowledgeAfter } from './acknowledge-after.ts';
import { takeMessage, type MqttIntake } from './take-message.ts';

export interface LineOptions {
	url: string;
	/** The same at every start, and of no other connection. */
	clientId: string;
	filters: readonly string[];
	/** Only takes what the broker has kept for an earlier session with these filters, and asks for nothing new. */
	isFormer?: boolean;
	intake: MqttIntake;
	onFault: (error: unknown) => void;
}

export interface BureauLine {
	isUp(): boolean;
	/** Hears nothing more; the broker keeps what comes for the next start. */
	close(): Promise<void>;
	/** Ends the session: the broker keeps nothing for it; what it had kept is stored and acknowledged first. */
	leave(): Promise<void>;
}

/** Messages the broker had sent before it heard that nothing more is wanted. */
const LAST_WORDS_MS = 500;
/** The broker keeps what came while this process was away. */
const KEEP_SESSION_S = 86_400;
const UNSUPPORTED = new Set([1, 0x84]);

export function openLine(options: LineOptions): BureauLine {
	const { url, clientId, filters, isFormer = false, intake, onFault } = options;
	let version: 4 | 5 = 5;
	let isUp = false;
	let hasSession = true;
	let isClosed = false;
	let heardMs = 0;
	let settled: () => Promise<unknown> = () => Promise.resolve();
	let client = connect();

	function connect(): MqttClient {
		const opened = mqtt.connect(url, {
			...{ protocolVersion: version, clientId, clean: false, connectTimeout: 5000, resubscribe: false },
			reconnectPeriod: ingestRules.mqtt.reconnect.value * 1000,
			...(version === 5 && {
				properties: { sessionExpiryInterval: KEEP_SESSION_S, receiveMaximum: ingestRules.mqtt.inFlight.value },
			}),
		});
		settled = acknowledgeAfter(opened, (packet) => take(packet));
		opened.on('connect', ({ sessionPresent }) => {
			if (isFormer) {
				hasSession = sessionPresent;
				isUp = true;
				return;
			}
			opened.subscribe([...filters], { qos: 1 }, (error, granted) => {
				isUp = !error && (granted ?? []).every(({ qos }) => qos < 128);
				if (!isUp && !isClosed) onFault(error ?? new Error(`${url}: the subscription was refused.`));
			});
		});
		opened.on('close', () => (isUp = false));
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
		heardMs = performance.now();
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

	async function hearOut(): Promise<void> {
		await client.unsubscribeAsync([...filters]);
		do await sleep(LAST_WORDS_MS);
		while (performance.now() - heardMs < LAST_WORDS_MS);
		await settled();
	}

	return {
		isUp: () => isUp,
		async close() {
			isClosed = true;
			await client.endAsync(true);
		},
		async leave() {
			if (isUp && hasSession) await hearOut().catch(onFault);
			isClosed = true;
			await client.endAsync(!isUp, version === 5 ? { properties: { sessionExpiryInterval: 0 } } : {});
		},
	};
}
