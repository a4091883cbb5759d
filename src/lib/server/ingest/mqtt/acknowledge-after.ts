// An acknowledgement that waits until its message is stored.

import type { IPublishPacket, MqttClient, Packet } from 'mqtt';

/**
 * Holds each PUBACK back until its message is stored, while further messages are already being read: the library hands
 * over one message at a time and would otherwise wait out every commit.
 *
 * @returns waits until everything that came so far is acknowledged
 */
export function acknowledgeAfter(
	client: MqttClient,
	take: (packet: IPublishPacket) => Promise<void>,
): () => Promise<unknown> {
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
