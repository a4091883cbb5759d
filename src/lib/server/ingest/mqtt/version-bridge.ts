// A connection as the broker inside understands it. That one speaks MQTT 3.1.1; clients of MQTT 5 are translated packet
// by packet, in both directions. Packets larger than allowed end the connection before anything of them is gathered.

import { randomUUID } from 'node:crypto';
import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import mqtt, { type Packet } from 'mqtt-packet';

export interface BridgeLimits {
	/** Bytes of one packet. */
	packetBytes: number;
	/** Unacknowledged messages an MQTT 5 client may have under way. */
	receiveMaximum: number;
}

/** Reason codes of MQTT 5 for the return codes of 3.1.1. */
const CONNACK_REASON = [0, 0x84, 0x85, 0x88, 0x86, 0x87];
const NOT_AUTHORIZED = 0x87;
const TOPIC_ALIAS_INVALID = 0x94;
const TOO_LARGE = 0x95;
const SUBACK_REFUSED = 128;
const V4 = { protocolVersion: 4 } as const;
const V5 = { protocolVersion: 5 } as const;

/** Follows the lengths in the fixed headers without keeping anything. */
export class PacketMeter {
	readonly #limit: number;
	#left = 0;
	#inLength = false;
	#length = 0;
	#shift = 1;

	constructor(limit: number) {
		this.#limit = limit;
	}

	/** @returns false when a packet is larger than allowed, or its length is none */
	follow(bytes: Uint8Array): boolean {
		for (let at = 0; at < bytes.length;) {
			if (this.#left > 0) {
				const skipped = Math.min(this.#left, bytes.length - at);
				this.#left -= skipped;
				at += skipped;
				continue;
			}
			const byte = bytes[at++]!;
			if (!this.#inLength) {
				[this.#inLength, this.#length, this.#shift] = [true, 0, 1];
				continue;
			}
			this.#length += (byte & 0x7f) * this.#shift;
			this.#shift *= 128;
			if (this.#length > this.#limit || this.#shift > 128 ** 4) return false;
			if (byte < 0x80) [this.#inLength, this.#left] = [false, this.#length];
		}
		return true;
	}
}

export class Bridge extends Duplex {
	/** Told to an MQTT 5 client when the connection is ended from here. */
	reason = 0;
	readonly #socket: Socket;
	readonly #limits: BridgeLimits;
	readonly #meter: PacketMeter;
	readonly #fromClient = mqtt.parser();
	readonly #fromBroker = mqtt.parser(V4);
	readonly #unsubscribed = new Map<number, number>();
	#head: Buffer | undefined = Buffer.alloc(0);
	#isFive = false;
	#assignedId: string | undefined;

	constructor(socket: Socket, limits: BridgeLimits) {
		super({ allowHalfOpen: false });
		this.#socket = socket;
		this.#limits = limits;
		this.#meter = new PacketMeter(limits.packetBytes);
		this.#fromClient.on('packet', (packet) => this.#passIn(packet));
		this.#fromClient.on('error', (error) => this.destroy(error));
		this.#fromBroker.on('packet', (packet) => this.#passOut(packet));
		socket.on('data', (bytes: Buffer) => this.#arrived(bytes));
		socket.on('end', () => this.push(null));
		socket.on('error', (error) => this.destroy(error));
		socket.on('close', () => this.destroy());
	}

	get remoteAddress(): string {
		return this.#socket.remoteAddress ?? '';
	}

	#arrived(bytes: Buffer): void {
		if (this.destroyed) return;
		if (!this.#meter.follow(bytes)) {
			this.reason = TOO_LARGE;
			this.destroy(new Error('packet too large'));
			return;
		}
		let rest = bytes;
		if (this.#head) {
			this.#head = Buffer.concat([this.#head, bytes]);
			const version = versionOf(this.#head);
			if (version === undefined) return;
			this.#isFive = version === 5;
			rest = this.#head;
			this.#head = undefined;
		}
		if (this.#isFive) this.#fromClient.parse(rest);
		else if (!this.push(rest)) this.#socket.pause();
	}

	override _read(): void {
		this.#socket.resume();
	}

	override _write(bytes: Buffer, _encoding: string, done: (error?: Error | null) => void): void {
		if (this.#isFive) this.#fromBroker.parse(bytes);
		else this.#socket.write(bytes);
		if (this.#socket.writableNeedDrain) this.#socket.once('drain', () => done());
		else done();
	}

	override _final(done: () => void): void {
		this.#socket.end();
		done();
	}

	override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
		if (this.#isFive && this.reason > 0 && this.#socket.writable)
			this.#socket.write(mqtt.generate({ cmd: 'disconnect', reasonCode: this.reason }, V5));
		this.#socket.end();
		this.#socket.destroySoon();
		done(error);
	}

	#passIn(packet: Packet): void {
		const plain = this.#asFour(packet);
		if (plain && !this.push(mqtt.generate(plain, V4))) this.#socket.pause();
	}

	#asFour(packet: Packet): Packet | undefined {
		switch (packet.cmd) {
			case 'connect': {
				const { clientId, username, password, keepalive, will } = packet;
				if (!clientId) this.#assignedId = `auto-${randomUUID()}`;
				return {
					...{ cmd: 'connect', protocolId: 'MQTT', protocolVersion: 4, clean: true },
					...{ clientId: clientId || this.#assignedId!, keepalive: keepalive ?? 0 },
					...(username !== undefined && { username }),
					...(password !== undefined && { password }),
					...(will && {
						will: { topic: will.topic, payload: will.payload, qos: will.qos ?? 0, retain: will.retain ?? false },
					}),
				};
			}
			case 'publish': {
				const { topic, payload, qos, dup, messageId, properties } = packet;
				// No alias was offered to the client.
				if (properties?.topicAlias !== undefined || topic === '') {
					this.reason = TOPIC_ALIAS_INVALID;
					this.destroy(new Error('topic alias'));
					return undefined;
				}
				const id = messageId === undefined ? {} : { messageId };
				return { cmd: 'publish', topic, payload, qos, dup, retain: false, ...id };
			}
			case 'puback':
			case 'pubrec':
			case 'pubrel':
			case 'pubcomp':
				return { cmd: packet.cmd, messageId: packet.messageId! };
			case 'subscribe':
				return {
					cmd: 'subscribe',
					messageId: packet.messageId!,
					subscriptions: packet.subscriptions.map(({ topic, qos }) => ({ topic, qos })),
				};
			case 'unsubscribe':
				this.#unsubscribed.set(packet.messageId!, packet.unsubscriptions.length);
				return { cmd: 'unsubscribe', messageId: packet.messageId!, unsubscriptions: packet.unsubscriptions };
			case 'pingreq':
				return { cmd: 'pingreq' };
			case 'disconnect':
				return { cmd: 'disconnect' };
			default:
				this.destroy(new Error(`unexpected ${packet.cmd}`));
				return undefined;
		}
	}

	#passOut(packet: Packet): void {
		if (this.#socket.writable) this.#socket.write(mqtt.generate(this.#asFive(packet), V5));
	}

	#asFive(packet: Packet): Packet {
		switch (packet.cmd) {
			case 'connack':
				return {
					cmd: 'connack',
					sessionPresent: false,
					reasonCode: CONNACK_REASON[packet.returnCode ?? 0] ?? NOT_AUTHORIZED,
					properties: {
						sessionExpiryInterval: 0,
						receiveMaximum: this.#limits.receiveMaximum,
						maximumPacketSize: this.#limits.packetBytes,
						retainAvailable: false,
						...(this.#assignedId && { assignedClientIdentifier: this.#assignedId }),
					},
				};
			case 'puback':
			case 'pubrec':
			case 'pubrel':
			case 'pubcomp':
				return { cmd: packet.cmd, messageId: packet.messageId!, reasonCode: 0 };
			case 'suback':
				return {
					...packet,
					granted: asNumbers(packet.granted).map((q) => (q === SUBACK_REFUSED ? NOT_AUTHORIZED : q)),
				};
			case 'unsuback': {
				const count = this.#unsubscribed.get(packet.messageId!) ?? 1;
				this.#unsubscribed.delete(packet.messageId!);
				return { ...packet, granted: Array.from({ length: count }, () => 0) };
			}
			default:
				return packet;
		}
	}
}

const asNumbers = (granted: unknown): number[] =>
	(granted as (number | { qos: number })[]).map((entry) => (typeof entry === 'number' ? entry : entry.qos));

const SHORTEST_CONNECT = 9;

/** The protocol level of a CONNECT packet; undefined as long as it cannot be told. 4 for whatever is none. */
function versionOf(head: Buffer): number | undefined {
	if (head.length < SHORTEST_CONNECT) return undefined;
	let at = 1;
	while (at < 5 && head[at]! >= 0x80) at++;
	const nameLength = head.readUInt16BE(at + 1);
	if (nameLength > 8) return 4;
	return head[at + 3 + nameLength];
}
