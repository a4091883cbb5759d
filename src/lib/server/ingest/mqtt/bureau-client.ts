// The bureau's broker. A process that is alone is subscribed to everything; several connections, and several processes,
// share the load by shared subscriptions. Messages of one device come side by side then; `holdBackMs` says how long they
// are held back before they are judged.
//
// Alone is not shared, because Mosquitto keeps shared subscriptions in memory only: after it restarts, it acknowledges what
// devices send and hands it to nobody until a share is asked for again. A subscription of one session survives its restart.

import { setTimeout as sleep } from 'node:timers/promises';
import { ingestRules } from '#db/rules/ingest.ts';
import { openLine, type BureauLine } from './bureau-line.ts';
import type { MqttDoor } from './embedded-broker.ts';
import type { MqttIntake } from './take-message.ts';
import { FILTERS } from './topic.ts';

export interface BureauOptions {
	url: string;
	connections: number;
	/** The same at every start of this process, and of no other: its sessions are kept by the broker. */
	instance: string;
	/** Whether other processes take in from the same broker. */
	hasOthers: () => boolean;
	intake: MqttIntake;
	onFault: (error: unknown) => void;
}

const GROUP = 'sitewatch';
const SHARED = FILTERS.map((filter) => `$share/${GROUP}/${filter}`);
const LOOK_EVERY_MS = 1000;

/** How long readings wait for those that they may have overtaken, ms. */
export function holdBackMs(
	{ MQTT_URL, MQTT_CONNECTIONS }: { MQTT_URL: string; MQTT_CONNECTIONS: number },
	hasOthers: boolean,
): number {
	if (!MQTT_URL || (MQTT_CONNECTIONS <= 1 && !hasOthers)) return 0;
	const { orderWithin, orderWithinProcesses } = ingestRules.mqtt;
	return (hasOthers ? orderWithinProcesses : orderWithin).value * 1000;
}

export function readBureauBroker(options: BureauOptions): MqttDoor {
	const { url, connections, instance, hasOthers, intake, onFault } = options;
	const sharing = () => connections > 1 || hasOthers();
	let isSharing = sharing();
	let isClosed = false;
	let lines = open(isSharing);
	// What the broker still keeps for the sessions of the other way, from before this start.
	let changing: Promise<unknown> | undefined = replace(open(!isSharing, true), lines).finally(
		() => (changing = undefined),
	);

	const timer = setInterval(() => {
		if (changing || sharing() === isSharing) return;
		isSharing = !isSharing;
		const former = lines;
		lines = open(isSharing);
		changing = replace(former, lines).finally(() => (changing = undefined));
	}, LOOK_EVERY_MS);
	timer.unref();

	function open(shares: boolean, isFormer = false): BureauLine[] {
		const filters = shares ? SHARED : FILTERS;
		const name = `sitewatch-${instance}${shares ? '' : '-alone'}`;
		return Array.from({ length: shares ? connections : 1 }, (_, i) =>
			openLine({ url, clientId: `${name}-${i}`, filters, isFormer, intake, onFault }),
		);
	}

	/** Nothing goes by unheard: the former are left once both hear; what came twice meanwhile is stored once. */
	async function replace(former: BureauLine[], next: BureauLine[]): Promise<void> {
		while (!isClosed && [...former, ...next].some((line) => !line.isUp())) await sleep(50);
		await Promise.all(former.map((line) => (isClosed ? line.close() : line.leave()))).catch(onFault);
	}

	return {
		problem() {
			const up = lines.filter((line) => line.isUp()).length;
			if (up === lines.length) return undefined;
			return `上级消息服务器 ${up}/${lines.length} 条连接 · ${up} of ${lines.length} connections to the MQTT broker`;
		},
		connections: () => lines.filter((line) => line.isUp()).length,
		async close(leaves = false) {
			isClosed = true;
			clearInterval(timer);
			await changing;
			await Promise.all(lines.map((line) => (leaves ? line.leave() : line.close())));
		},
	};
}
